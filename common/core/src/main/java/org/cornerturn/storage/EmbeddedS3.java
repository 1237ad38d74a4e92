package org.cornerturn.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;

/** An S3 server in this JVM, on loopback, whose buckets are folders: for tests and the demo. */
public final class EmbeddedS3 implements AutoCloseable {
  private final S3Proxy server;
  private final BlobStore buckets;
  private final String identity;
  private final String credential;

  private EmbeddedS3(S3Proxy server, BlobStore buckets, String identity, String credential) {
    this.server = server;
    this.buckets = buckets;
    this.identity = identity;
    this.credential = credential;
  }

  /**
   * Starts on a free port with random credentials.
   *
   * @param folder holds the buckets; its file system must have user attributes, which keep the
   *     objects' etags
   */
  public static EmbeddedS3 start(Path folder) throws IOException {
    SecureRandom random = new SecureRandom();
    return start(folder, 0, hex(random, 10), hex(random, 20));
  }

  /** Starts on the port and with the credentials given; port 0 takes a free one. */
  public static EmbeddedS3 start(Path folder, int port, String identity, String credential)
      throws IOException {
    Files.createDirectories(folder);
    Properties p = new Properties();
    p.setProperty("s3proxy.endpoint", "http://127.0.0.1:" + port);
    p.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    p.setProperty("s3proxy.identity", identity);
    p.setProperty("s3proxy.credential", credential);
    p.setProperty("jclouds.provider", "filesystem-nio2");
    p.setProperty("jclouds.identity", identity);
    p.setProperty("jclouds.credential", credential);
    p.setProperty("jclouds.filesystem.basedir", folder.toAbsolutePath().toString());
    try {
      BlobStore store = BlobStores.create("filesystem-nio2", p);
      S3Proxy server = S3Proxy.Builder.fromProperties(p).blobStore(store).build();
      server.start();
      return new EmbeddedS3(server, store, identity, credential);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the embedded S3 server does not start: " + e.getMessage(), e);
    }
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] b = new byte[bytes];
    random.nextBytes(b);
    return HexFormat.of().formatHex(b);
  }

  /** Creates a bucket if it is not there. */
  public void createBucket(String name) {
    if (!buckets.containerExists(name)) {
      buckets.createContainer(name);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** The access key. */
  public String identity() {
    return identity;
  }

  /** The secret key. */
  public String credential() {
    return credential;
  }

  /** Hadoop settings ({@code fs.s3a.*}) that reach this server. */
  public Map<String, String> settings() {
    return S3Settings.completed(
        Map.of(
            "fs.s3a.endpoint",
            endpoint().toString(),
            "fs.s3a.path.style.access",
            "true",
            "fs.s3a.access.key",
            identity,
            "fs.s3a.secret.key",
            credential));
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the embedded S3 server does not stop: " + e.getMessage(), e);
    }
  }
}
