package org.cornerturn.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken and hostile files: a typed error or data, soon, in little memory. */
class HostileFilesTest {
  private static final int MUTANTS = 40;
  private static final int LARGEST = 600_000;

  /** They take a few: a loop that a file feeds would take for ever, a busy machine won't. */
  private static final long SOON_MILLIS = 30_000;

  /** All files that published vulnerabilities came with, in a process of 256 MB. */
  @Test
  void filesBehindVulnerabilities() throws Exception {
    String corpus = System.getenv("CORNERTURN_CORPUS");
    assumeTrue(corpus != null, "CORNERTURN_CORPUS is not set");
    Path folder = Path.of(corpus, "hdf5", "cve");
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // The library that inflates says that it was loaded, and nobody logs that here.
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                ReadEverything.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).as(said).isZero();
    List<String> lines = said.lines().toList();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(lines).hasSize((int) files.count()).hasSizeGreaterThan(60);
    }
    for (String line : lines) {
      long millis = Long.parseLong(line.substring(0, line.indexOf(' ')));
      assertThat(millis).as(line).isLessThan(SOON_MILLIS);
      assertThat(line).matches("\\d+ \\S+ (refused .+|read \\d+ objects, \\d+ of them broken)");
    }
  }

  @Test
  void cutAndChangedFiles(@TempDir Path folder) throws Exception {
    H5py.make(folder);
    List<Path> files;
    try (Stream<Path> s = Files.list(folder)) {
      files = s.filter(f -> f.toString().endsWith(".h5")).sorted().toList();
    }
    assertThat(files).hasSize(17);
    int refused = 0;
    int read = 0;
    for (Path file : files) {
      byte[] sound = Files.readAllBytes(file);
      Random random = new Random(file.getFileName().toString().hashCode());
      for (int i = 0; i < MUTANTS && sound.length < LARGEST; i++) {
        byte[] mutant = mutant(sound, random);
        long start = System.nanoTime();
        String outcome = ReadEverything.read(file + " mutant " + i, mutant);
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(millis).as(file + " mutant " + i).isLessThan(SOON_MILLIS);
        refused += outcome.startsWith("refused") ? 1 : 0;
        read += outcome.startsWith("read") ? 1 : 0;
      }
    }
    assertThat(refused).isGreaterThan(50);
    assertThat(read).isGreaterThan(50);
  }

  /** Cut somewhere, or a few bytes changed: near the start, where the structure is, or anywhere. */
  private static byte[] mutant(byte[] sound, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(sound, random.nextInt(sound.length));
    }
    byte[] bytes = sound.clone();
    int range = random.nextBoolean() ? Math.min(4096, bytes.length) : bytes.length;
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(range);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xff);
      }
    }
    return bytes;
  }

  @Test
  void truncationIsNamed(@TempDir Path folder) throws IOException, InterruptedException {
    H5py.make(folder);
    byte[] sound = Files.readAllBytes(folder.resolve("tree_latest.h5"));
    String outcome = ReadEverything.read("cut.h5", Arrays.copyOf(sound, sound.length - 1));
    assertThat(outcome)
        .isEqualTo(
            "refused memory:cut.h5: superblock: it is truncated: "
                + (sound.length - 1)
                + " bytes of "
                + sound.length
                + ". Fetch the file again from its source, or exclude it");
  }

  /** A failing network must not pass for a broken object, which a conversion would skip. */
  @Test
  void failuresToReadAreNotFaultsOfTheFile(@TempDir Path folder) throws Exception {
    H5py.make(folder);
    ObjectChannel sound = new LocalStore(folder).open("types_earliest.h5");
    for (int failing = 1; failing <= 2; failing++) {
      ObjectChannel raw = new FailingChannel(sound, failing);
      assertThatThrownBy(
              () -> {
                Hdf5File h = Hdf5File.open(raw);
                for (Hdf5Object o : h.walk()) {
                  if (o instanceof Hdf5Dataset d) {
                    new DatasetReader(d.source(), d.manifest(), raw).readAll();
                  }
                }
              })
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("connection reset");
    }
    sound.close();
  }

  private static final class FailingChannel implements ObjectChannel {
    private final ObjectChannel source;
    private int left;

    FailingChannel(ObjectChannel source, int failing) {
      this.source = source;
      this.left = failing;
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public long size() throws IOException {
      return source.size();
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
      if (--left == 0) {
        throw new IOException("connection reset");
      }
      source.readFully(position, target, offset, length);
    }

    @Override
    public long requests() {
      return source.requests();
    }

    @Override
    public long bytesRead() {
      return source.bytesRead();
    }

    @Override
    public void close() {}
  }
}
