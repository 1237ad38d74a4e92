package org.cornerturn.jobs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;

/**
 * Files are visible once their tasks have written them: what is left is to remove the parts.
 *
 * @param files their keys
 * @param former keys of files that an earlier making may have had besides
 * @param parts folder of the parts
 */
public record PartedFilesPublisher(List<String> files, List<String> former, String parts)
    implements Publisher {
  public PartedFilesPublisher {
    files = List.copyOf(files);
    former = List.copyOf(former);
  }

  @Override
  public void publish(ObjectStore folder) throws IOException {
    for (String file : files) {
      if (folder.status(file).isEmpty()) {
        throw new NoSuchFileException(folder.uri() + "/" + file);
      }
    }
    folder.deleteFolder(parts);
  }

  @Override
  public void unpublish(ObjectStore folder) throws IOException {
    for (String file : files) {
      folder.delete(file);
    }
    for (String file : former) {
      folder.delete(file);
    }
    folder.deleteFolder(parts);
  }
}
