package org.cornerturn.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/** An upload in parts, which S3 shows when it is completed. */
final class HadoopUpload extends PendingObject {
  private final FSDataOutputStream out;

  HadoopUpload(FSDataOutputStream out) {
    this.out = out;
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  protected void complete() throws IOException {
    out.close();
  }

  @Override
  protected void abandon() throws IOException {
    out.abort(); // close() would make visible what there is.
  }
}
