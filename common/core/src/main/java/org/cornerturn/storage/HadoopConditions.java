package org.cornerturn.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Writing on a condition, as the file system at hand can. */
final class HadoopConditions {
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
  private static final String CONDITIONAL_ETAG = "fs.option.create.conditional.overwrite.etag";
  private static final String WRITER = "cornerturn-writer";
  private static final int CONFLICTS = 6;

  private HadoopConditions() {}

  /** Whether conditions are part of the request that writes. */
  static boolean isS3(FileSystem fs) {
    return "s3a".equals(fs.getScheme());
  }

  /** See {@link HadoopStore#createIfAbsent}. */
  static boolean createIfAbsent(FileSystem fs, Path file, byte[] bytes) throws IOException {
    if (isS3(fs)) {
      return conditionalPut(fs, file, bytes, b -> b.must(CONDITIONAL, true));
    }
    Path pending =
        new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".pending");
    try (FSDataOutputStream out = fs.create(pending, false)) {
      out.write(bytes);
    }
    try {
      // FileContext never renames onto an existing file; on HDFS that is one step.
      FileContext.getFileContext(fs.getUri(), fs.getConf())
          .rename(pending, file, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      fs.delete(pending, false);
      return false;
    }
  }

  /** Replaces a file of S3 if it still has this etag. */
  static boolean replaceIfMatch(FileSystem fs, Path file, byte[] bytes, String etag)
      throws IOException {
    return conditionalPut(fs, file, bytes, b -> b.must(CONDITIONAL_ETAG, etag));
  }

  /**
   * Sends a PUT with a condition. When the reply to a successful one is lost, the client's own
   * retry is refused because of what it wrote itself; the writer's mark in the object's metadata
   * tells that apart from another's success.
   */
  private static boolean conditionalPut(
      FileSystem fs, Path file, byte[] bytes, Consumer<FSDataOutputStreamBuilder<?, ?>> condition)
      throws IOException {
    String writer = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      FSDataOutputStreamBuilder<?, ?> b = fs.createFile(file);
      b.overwrite(true).recursive().must("fs.s3a.create.header." + WRITER, writer);
      condition.accept(b);
      try {
        FSDataOutputStream out = (FSDataOutputStream) b.build();
        out.write(bytes);
        out.close(); // The request is sent, and refused, here.
        return true;
      } catch (IOException e) {
        if (wroteIt(fs, file, writer)) {
          return true;
        }
        int status = refusal(e);
        if (status == 412 || status == 404) {
          return false;
        }
        // 409: another conditional request was under way; S3 asks to try again.
        if (status != 409 || attempt == CONFLICTS) {
          throw e;
        }
        pause(20L << attempt);
      }
    }
  }

  private static boolean wroteIt(FileSystem fs, Path file, String writer) throws IOException {
    try {
      byte[] mark = fs.getXAttr(file, "header." + WRITER);
      return mark != null && writer.equals(new String(mark, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** HTTP status with which S3 refused a condition, or 0 for any other fault. */
  private static int refusal(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String m = String.valueOf(t.getMessage());
      if (t instanceof FileAlreadyExistsException
          || t.getClass().getSimpleName().equals("RemoteFileChangedException")
          || m.contains("Status Code: 412")) {
        return 412;
      }
      if (m.contains("Status Code: 409")) {
        return 409;
      }
      if (m.contains("Status Code: 404") && m.contains("NoSuchKey")) {
        return 404;
      }
    }
    return 0;
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between attempts");
    }
  }
}
