package org.cornerturn.storage;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** A file under another name beside its place, renamed into it. */
final class HadoopPending extends PendingObject {
  private final FileSystem fs;
  private final Path target;
  private final Path pending;
  private final FSDataOutputStream out;

  HadoopPending(FileSystem fs, Path target) throws IOException {
    this.fs = fs;
    this.target = target;
    pending = new Path(target.getParent(), pendingPrefix(target) + UUID.randomUUID());
    out = fs.create(pending, false);
  }

  @Override
  protected void append(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  protected void complete() throws IOException {
    out.close();
    FileContext.getFileContext(fs.getUri(), fs.getConf())
        .rename(pending, target, Options.Rename.OVERWRITE);
  }

  @Override
  protected void abandon() throws IOException {
    try {
      out.close();
    } finally {
      fs.delete(pending, false);
    }
  }

  /** Start of the names under which a file is written bit by bit. */
  static String pendingPrefix(Path target) {
    return "." + target.getName() + ".pending-";
  }
}
