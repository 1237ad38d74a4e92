package org.cornerturn.jobs.export;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;

/**
 * The file is visible once its task has written it: what is left is to remove the parts.
 *
 * @param file its key
 * @param parts folder of the parts
 */
record ExportPublisher(String file, String parts) implements Publisher {
  @Override
  public void publish(ObjectStore folder) throws IOException {
    if (folder.status(file).isEmpty()) {
      throw new NoSuchFileException(folder.uri() + "/" + file);
    }
    folder.deleteFolder(parts);
  }

  @Override
  public void unpublish(ObjectStore folder) throws IOException {
    folder.delete(file);
    folder.deleteFolder(parts);
  }
}
