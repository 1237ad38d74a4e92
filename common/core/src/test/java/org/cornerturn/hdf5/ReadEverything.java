package org.cornerturn.hdf5;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cornerturn.array.Box;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectChannel;

/** Reads whatever can be read of a file, as a conversion would. */
final class ReadEverything {
  private static final long BLOCK_BYTES = 1 << 20;

  private ReadEverything() {}

  /** A line for each file of a folder: milliseconds, name, outcome. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Path> files;
    try (Stream<Path> s = Files.list(Path.of(args[0]))) {
      files = s.sorted().toList();
    }
    for (Path file : files) {
      long start = System.nanoTime();
      String outcome = read(file.getFileName().toString(), Files.readAllBytes(file));
      out.println(
          (System.nanoTime() - start) / 1_000_000 + " " + file.getFileName() + " " + outcome);
    }
  }

  /** What came of it; any exception but an {@link Hdf5Exception} passes through. */
  static String read(String name, byte[] bytes) throws IOException {
    MemoryStore store = new MemoryStore();
    String key = Path.of(name).getFileName().toString();
    store.put(key, bytes);
    int objects = 0;
    int broken = 0;
    try (ObjectChannel raw = store.open(key);
        Hdf5File h = Hdf5File.open(raw)) {
      for (Hdf5Object o : h.walk()) {
        objects++;
        broken += o instanceof Hdf5Unreadable ? 1 : 0;
        if (o instanceof Hdf5Dataset d && d.unsupported().isEmpty()) {
          broken += readSome(d, raw) ? 0 : 1;
        }
      }
    } catch (Hdf5Exception e) {
      return "refused " + e.getMessage();
    }
    return "read " + objects + " objects, " + broken + " of them broken";
  }

  private static boolean readSome(Hdf5Dataset d, ObjectChannel raw) throws IOException {
    long[] n = d.shape().dims();
    double element = d.dataType().isFixedSize() ? d.dataType().itemSize() : 64;
    for (int i = 0; i < n.length; i++) {
      while (n[i] > 1 && bytes(n, element) > BLOCK_BYTES) {
        n[i] = (n[i] + 1) / 2;
      }
    }
    try {
      new DatasetReader(d.source(), d.manifest(), raw).read(Box.of(new long[n.length], n));
      return true;
    } catch (Hdf5Exception e) {
      return false;
    }
  }

  private static double bytes(long[] n, double element) {
    double bytes = element;
    for (long d : n) {
      bytes *= d;
    }
    return bytes;
  }
}
