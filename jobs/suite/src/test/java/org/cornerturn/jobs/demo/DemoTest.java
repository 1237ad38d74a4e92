package org.cornerturn.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.spark.ProductPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path folder;

  private CommandRun demo(Path dir, String... options) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]", "demo", "--size", "1.2MB"));
    all.addAll(List.of("--dir", dir.toString()));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** Six traces, each in a colour of its own, on white. */
  private static void checkPicture(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1280);
    assertThat(image.getHeight()).isBetween(6 * 200, 6 * 260);
    Set<Integer> colours = new HashSet<>();
    int drawn = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 92; x < 1252; x++) {
        int rgb = image.getRGB(x, y) & 0xffffff;
        colours.add(rgb);
        drawn += isVivid(rgb) ? 1 : 0;
      }
    }
    assertThat(colours).contains(0xffffff, 0x1f6feb, 0xd9480f, 0x2b8a3e, 0x862e9c, 0xc2255c);
    assertThat(drawn).as("pixels of the traces").isGreaterThan(6 * 1160 * 20);
  }

  /** A source through gains and noise, with channels of interference brighter than it. */
  private static void checkWaterfall(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1280);
    Set<Integer> colours = new HashSet<>();
    int columnsAllBright = 0;
    for (int x = 92; x < 1130; x++) {
      int bright = 0;
      for (int y = 50; y < 520; y++) {
        int rgb = image.getRGB(x, y) & 0xffffff;
        colours.add(rgb);
        bright += rgb == 0xfdf3a8 ? 1 : 0;
      }
      columnsAllBright += bright == 470 ? 1 : 0;
    }
    assertThat(colours).hasSizeGreaterThan(100).doesNotContain(0xc8ced6);
    assertThat(columnsAllBright).as("columns of interference").isBetween(2, 120);
  }

  /** A source to the upper left of the middle, 20 arcmin east and 10 north. */
  private static void checkSky(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(480);
    int source = 0;
    for (int y = 0; y < 480; y++) {
      for (int x = 0; x < 480; x++) {
        // The middle of the image is the phase centre of the middle integration.
        boolean near = Math.hypot(x - 140, y - 189) < 18;
        boolean brightest = (image.getRGB(x, y) & 0xffffff) == 0xfdf3a8;
        source += brightest && near ? 1 : 0;
      }
    }
    assertThat(source).as("bright pixels where the source is").isGreaterThan(3);
  }

  private static boolean isVivid(int rgb) {
    int[] parts = {rgb >> 16, rgb >> 8 & 255, rgb & 255};
    Arrays.sort(parts);
    return parts[2] - parts[0] > 64;
  }

  /** On S3, which is the disk's way and more: the bucket is a folder. */
  @Test
  void makesPicturesOfWhatItFinds() throws IOException {
    Path dir = folder.resolve("the demo");
    CommandRun run = demo(dir, "--s3");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            dir.resolve("overview.png").toString(),
            dir.resolve("waterfall.png").toString(),
            dir.resolve("sky.png").toString());
    Path bucket = dir.resolve("s3/cornerturn-demo");
    assertThat(run.err())
        .contains("1 of 17: Simulate a recording of 1.2 MB")
        .contains("5 of 17: Simulate three sources")
        .contains("10 of 17: Solve for the antennas' gains")
        .contains("3 detections", "1 vary", "brightening: J0845")
        .contains("2022-06-01T000000.ps.zarr: sound")
        .contains("recording.zarr: sound")
        .contains("cornerturn verify " + bucket);
    checkPicture(dir.resolve("overview.png"));
    checkWaterfall(dir.resolve("waterfall.png"));
    checkSky(dir.resolve("sky.png"));
    // The server has stopped; the bucket's folder is a product as well.
    CommandRun verified = CommandRun.of("verify", bucket.resolve("recording.zarr").toString());
    assertThat(verified.exit()).as(verified.err()).isZero();
  }

  @Test
  void leavesOthersFilesAlone() throws IOException {
    Path mine = Files.writeString(folder.resolve("recording.h5"), "mine");
    CommandRun run = demo(folder);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no product of Cornerturn").contains("The demo ends here");
    assertThat(mine).hasContent("mine");
    assertThat(folder.resolve("recording.h5." + ProductPlan.STATE)).doesNotExist();
  }

  @Test
  void anS3ServerInsideTheDriverIsNoUseToACluster() {
    CommandRun run =
        CommandRun.of("--master", "spark://there:7077", "demo", "--s3", "--dir", "" + folder);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains("this machine alone");
  }
}
