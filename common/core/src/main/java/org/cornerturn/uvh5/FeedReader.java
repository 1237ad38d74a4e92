package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Shape;

/** Feeds and mounts of antennas, which files since version 1.2 state. */
final class FeedReader {
  private final int perAntenna;
  private final List<String> feeds;
  private final double[] angles;
  private final List<String> mounts;

  FeedReader(Items items, int antennas) throws IOException {
    feeds = items.has("feed_array") ? items.texts("feed_array") : List.of();
    perAntenna = feeds.isEmpty() ? 0 : (int) items.shape("feed_array").size() / antennas;
    check(items, "feed_array", antennas);
    angles = items.has("feed_angle") ? items.numbers("feed_angle") : new double[0];
    check(items, "feed_angle", antennas);
    mounts = items.has("mount_type") ? items.texts("mount_type") : List.of();
    if (!mounts.isEmpty() && mounts.size() != 1 && mounts.size() != antennas) {
      throw items.fault(
          "mount_type", "it has " + mounts.size() + " elements for " + antennas + " antennas");
    }
  }

  private void check(Items items, String item, int antennas) throws IOException {
    if (items.has(item) && !items.shape(item).equals(Shape.of(antennas, perAntenna))) {
      throw items.fault(
          item, "its shape is " + items.shape(item) + " for " + antennas + " antennas");
    }
  }

  List<String> feeds(int antenna) {
    return feeds.subList(antenna * perAntenna, (antenna + 1) * perAntenna);
  }

  List<Double> angles(int antenna) {
    List<Double> of = new ArrayList<>();
    for (int f = 0; f < perAntenna && angles.length > 0; f++) {
      of.add(angles[antenna * perAntenna + f]);
    }
    return of;
  }

  String mount(int antenna) {
    return mounts.isEmpty() ? "" : mounts.get(mounts.size() == 1 ? 0 : antenna);
  }
}
