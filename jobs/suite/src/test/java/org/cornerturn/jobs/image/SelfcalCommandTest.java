package org.cornerturn.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.calibrate.Simulated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfcalCommandTest {
  private static final String IMAGE = "size=256,scale=15asec,nmiter=3";

  @TempDir private Path folder;

  @Test
  void phasesThatWereWrongAreFound() throws IOException {
    Simulated data =
        new Simulated(folder, "field")
            .make(
                "--source-offset",
                "20arcmin,10arcmin",
                "--noise",
                "--sefd",
                "500",
                "--gain-errors",
                "--phase-std",
                "40deg",
                "--gain-std",
                "0.02")
            .withOwnTables();
    CommandRun run =
        data.run("--json", "selfcal", data.set(), "--image", IMAGE, "--solve", "G:inf:phase");
    JsonNode told = new ObjectMapper().readTree(run.out());
    double before = told.path("rounds").get(0).path("dynamic_range").asDouble();
    double phases = told.path("rounds").get(1).path("dynamic_range").asDouble();
    assertThat(phases).isGreaterThan(1.5 * before);
    assertThat(told.path("best").asInt()).isEqualTo(1);
    assertThat(told.path("end").asText()).isEqualTo("ALL_ROUNDS");
    assertThat(data.reader().groupNames()).contains("corrected");
    assertThat(Path.of(folder.toString(), "field.selfcal", "round1.cal.zarr")).isDirectory();

    CommandRun weak =
        data.attempt(
            "selfcal", data.set(), folder + "/weak", "--image", IMAGE, "--min-range", "1e9");
    assertThat(weak.exit()).isNotZero();
    assertThat(weak.err()).contains("selfcal: low range");
  }
}
