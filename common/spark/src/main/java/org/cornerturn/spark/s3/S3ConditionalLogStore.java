package org.cornerturn.spark.s3;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.cornerturn.storage.HadoopStore;

/**
 * Delta's log on S3 with conditional PUTs: of several drivers that commit one version, exactly one
 * succeeds. Set as {@code spark.delta.logStore.s3a.impl}; Delta's own store for S3 loses commits of
 * concurrent drivers.
 */
public class S3ConditionalLogStore extends HadoopFileSystemLogStore {
  public S3ConditionalLogStore(Configuration conf) {
    super(conf);
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration conf)
      throws IOException {
    FileSystem fs = path.getFileSystem(conf);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    while (actions.hasNext()) {
      bytes.writeBytes(actions.next().getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    if (overwrite) {
      try (FSDataOutputStream out = fs.create(path, true)) {
        out.write(bytes.toByteArray());
      }
    } else if (!HadoopStore.createIfAbsent(fs, path, bytes.toByteArray())) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration conf) {
    return false;
  }
}
