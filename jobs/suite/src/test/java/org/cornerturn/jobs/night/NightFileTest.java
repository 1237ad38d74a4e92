package org.cornerturn.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NightFileTest {
  @Test
  void optionsAreThoseOfTheCommandLine() {
    NightFile file =
        NightFile.parse(
            "n.yaml",
            """
            input: [/a, /b]
            output: /out
            backoff: 2min
            stages:
              image: {size: 512, weight: briggs 0, multiscale: true, negative: false, warn_after: 9s}
              calibrate: {solve: ['K:inf', 'B:inf']}
              mosaic:
              index: on
              photometry: off
            """);
    Map<Stage, StageSettings> stages = file.stages();

    assertThat(file.inputs()).containsExactly("/a", "/b");
    assertThat(file.backoff()).contains(Duration.ofMinutes(2));
    assertThat(stages.get(Stage.IMAGE).options())
        .isEqualTo(
            List.of("--size", "512", "--weight", "briggs", "0", "--multiscale", "--no-negative"));
    assertThat(stages.get(Stage.IMAGE).warnAfter()).isEqualTo(Duration.ofSeconds(9));
    assertThat(stages.get(Stage.CALIBRATE).options())
        .containsExactly("--solve", "K:inf", "--solve", "B:inf");
    assertThat(stages.get(Stage.MOSAIC).on()).isTrue();
    assertThat(stages.get(Stage.PHOTOMETRY).on()).isFalse();
    assertThat(stages.get(Stage.SELFCAL).on()).as("off unless asked for").isFalse();
    assertThat(stages).hasSize(Stage.values().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inputs: /a | there is no such key",
        "date: yesterday | no such value",
        "backoff: 5 | not a duration",
        "stages: {images: {}} | stage images",
        "stages: {image: often} | it must be on, off",
        "[ | it is not YAML",
        "just words | it holds no keys"
      })
  void mistakesAreNamed(String yaml, String words) {
    assertThatThrownBy(
            () -> {
              NightFile file = NightFile.parse("n.yaml", yaml);
              file.date();
              file.backoff();
              file.stages();
            })
        .isInstanceOf(UserError.class)
        .hasMessageContaining(words);
  }
}
