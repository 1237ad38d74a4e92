package org.cornerturn.jobs.night;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.image.ImageTable;
import org.cornerturn.jobs.solutions.SolutionTables;

/**
 * Lets images on only whose measured quality nothing forbids to use: what was found when they were
 * made decides, nothing is measured again.
 */
final class ImageGate {
  private static final String FAILURE = "fail:";

  private ImageGate() {}

  /** The findings of an image's product, those of its last making. */
  static NightJob.Answer look(GlobalOptions global, String image) throws IOException {
    List<String> failures = new ArrayList<>();
    long[] latest = {Long.MIN_VALUE};
    SolutionTables.open(global.warehouse(), ImageTable.IMAGES, global.hadoop())
        .read(
            List.of("root", "findings", "published"),
            v -> {
              if (!image.equals(v[0]) || (Long) v[2] < latest[0]) {
                return;
              }
              if ((Long) v[2] > latest[0]) {
                failures.clear();
                latest[0] = (Long) v[2];
              }
              for (Object finding : (List<?>) v[1]) {
                if (String.valueOf(finding).startsWith(FAILURE)) {
                  failures.add(String.valueOf(finding).substring(FAILURE.length()).strip());
                }
              }
            });
    if (latest[0] == Long.MIN_VALUE) {
      return new NightJob.Answer(
          NightLedger.State.REFUSED, "the table images has no row of " + image, 1, 0, null);
    }
    return failures.isEmpty()
        ? new NightJob.Answer(NightLedger.State.DONE, null, 1, 0, null)
        : new NightJob.Answer(
            NightLedger.State.REFUSED, image + ": " + String.join("; ", failures), 1, 0, null);
  }
}
