package org.cornerturn.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
  private final Console console = new Console(err, err, true, false);

  private Attempts.Ended run(int retries, ExitCode... codes) throws InterruptedException {
    Deque<ExitCode> left = new ArrayDeque<>(List.of(codes));
    Attempts attempts =
        new Attempts(
            (words, e) -> {
              e.println("cornerturn: " + words.get(0) + " has " + left.size() + " left");
              return left.removeFirst();
            },
            retries,
            Duration.ofMillis(1),
            console,
            err);
    return attempts.run(List.of("flag"));
  }

  @Test
  void whatMayPassIsTriedAgain() throws InterruptedException {
    Attempts.Ended ended = run(2, ExitCode.INCOMPLETE, ExitCode.FAULT, ExitCode.COMPLETE);

    assertThat(ended.code()).isEqualTo(ExitCode.COMPLETE);
    assertThat(ended.attempts()).isEqualTo(3);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("flag ended with 3; trying again");
  }

  @Test
  void asOftenAsIsAsked() throws InterruptedException {
    Attempts.Ended ended = run(1, ExitCode.INCOMPLETE, ExitCode.INCOMPLETE);

    assertThat(ended.mayPass()).isTrue();
    assertThat(ended.attempts()).isEqualTo(2);
    assertThat(ended.fault()).isEqualTo("flag has 1 left");
  }

  @Test
  void mistakesAndRefusalsAreNot() throws InterruptedException {
    assertThat(run(5, ExitCode.USER).attempts()).isEqualTo(1);
    assertThat(run(5, ExitCode.REFUSED).mayPass()).isFalse();
  }

  @Test
  void aFullDiskHoldsWorkBack(@TempDir Path folder) throws Exception {
    new DiskSpace(folder.toString(), 1, Duration.ZERO, console).await();
    new DiskSpace("s3a://bucket/out", Long.MAX_VALUE, Duration.ZERO, console).await();
    assertThatThrownBy(
            () ->
                new DiskSpace(folder.toString(), Long.MAX_VALUE, Duration.ofMillis(5), console)
                    .await())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--min-free");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("waiting for room");
  }
}
