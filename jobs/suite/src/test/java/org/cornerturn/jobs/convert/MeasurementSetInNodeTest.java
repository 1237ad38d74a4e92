package org.cornerturn.jobs.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * zarrita reads the numbers of a measurement set as our reader does. It knows no complex numbers:
 * these it reads from a copy of the metadata in which they are 64-bit integers, bit for bit.
 */
class MeasurementSetInNodeTest {
  private static final Path NODE = Path.of("../../common/core/src/test/node");
  private static final List<String> REAL =
      List.of("FLAG", "WEIGHT", "NSAMPLES", "UVW", "time", "frequency", "baseline_id");

  @TempDir Path folder;

  @Test
  void zarritaReadsWhatOurReaderReads() throws IOException, InterruptedException {
    assumeTrue(
        Files.isDirectory(NODE.resolve("node_modules")), "MISSING PROGRAM: zarrita (npm ci)");
    String file = folder.resolve("rows.uvh5").toString();
    OutsideProgram.python("h5py", "make_uvh5.py", "ragged", file);
    String root = folder.resolve("rows.ps.zarr").toString();
    String warehouse = folder.resolve("warehouse").toString();
    CommandRun run =
        CommandRun.of("convert", file, root, "--warehouse", warehouse, "--chunk-size", "2KiB");
    assertThat(run.exit()).as(run.err()).isZero();
    Msv4Reader set = ProcessingSet.open(Stores.open(root, Map.of())).measurementSet("rows_0");
    for (String name : REAL) {
      compare(root, set, name);
    }
    // Another fill value than (0, 0) would be no integer.
    Path metadata = Path.of(root, "zarr.json");
    String document = Files.readString(metadata);
    String integers =
        document
            .replaceAll("\"data_type\"\\s*:\\s*\"complex64\"", "\"data_type\":\"int64\"")
            .replaceAll(
                "\"fill_value\"\\s*:\\s*\\[\\s*0(\\.0)?\\s*,\\s*0(\\.0)?\\s*\\]",
                "\"fill_value\":0");
    assertThat(integers).isNotEqualTo(document).doesNotContain("complex64");
    Files.writeString(metadata, integers);
    compare(root, set, "VISIBILITY");
  }

  private void compare(String root, Msv4Reader set, String name)
      throws IOException, InterruptedException {
    Path out = folder.resolve("read");
    String said =
        OutsideProgram.run(
            "node",
            NODE.resolve("read_arrays.mjs").toString(),
            root,
            out.toString(),
            "rows_0/" + name);
    ZarrArray array = set.array(name);
    Block ours = array.read(Box.all(array.metadata().shape()));
    assertThat(said).contains("rows_0/" + name);
    assertThat(Files.readAllBytes(out.resolve("rows_0." + name))).as(name).isEqualTo(ours.bytes());
    assertThat(ours.bytes()).as(name).isNotEmpty();
  }
}
