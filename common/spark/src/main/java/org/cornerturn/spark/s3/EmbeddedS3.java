package org.cornerturn.spark.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An S3 server in this JVM, on loopback, whose buckets are folders: for tests and the demo. */
public final class EmbeddedS3 implements AutoCloseable {
  private EmbeddedS3() {}

  /**
   * Starts on a free port with random credentials.
   *
   * @param folder holds the buckets
   */
  public static EmbeddedS3 start(Path folder) throws IOException {
    throw new UnsupportedOperationException(folder.toString());
  }

  /** Creates a bucket if it is not there. */
  public void createBucket(String name) throws IOException {
    throw new UnsupportedOperationException(name);
  }

  /** Hadoop settings ({@code fs.s3a.*}) that reach this server. */
  public Map<String, String> settings() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
