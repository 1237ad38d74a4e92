package org.cornerturn.jobs.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.jobs.Console;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** Files of pictures in a folder, on disk or in a bucket, and what is told of them. */
final class Pictures {
  private final String folder;
  private final Map<String, String> hadoop;
  private final List<String> written = new ArrayList<>();

  Pictures(String folder, Map<String, String> hadoop) {
    this.folder = folder.replaceAll("(?<=.)/+$", "");
    this.hadoop = hadoop;
  }

  /**
   * Writes a picture.
   *
   * @param name of the file without its ending; signs that are odd in names become dashes
   */
  void write(String name, byte[] png) throws IOException {
    String file = name.replaceAll("[^A-Za-z0-9._+-]+", "-") + ".png";
    try (ObjectStore store = Stores.open(folder, hadoop)) {
      store.put(file, png);
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, folder);
    }
    written.add((folder.endsWith("/") ? folder : folder + "/") + file);
  }

  void tell(Console console, boolean asJson) {
    if (asJson) {
      console.json(Map.of("pictures", written));
    } else {
      written.forEach(console::print);
    }
    console.say("plot: " + written.size() + (written.size() == 1 ? " picture" : " pictures"));
  }
}
