package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.cornerturn.UserError;
import org.cornerturn.storage.FaultyStore;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseTest {
  private final ObjectStore state = new MemoryStore();

  private void heldBy(String machine, long pid, Instant started, long renewedSecondsAgo)
      throws IOException {
    Instant renewed = Instant.now().minusSeconds(renewedSecondsAgo);
    Holder h = new Holder("other", "cobalt", machine, pid, started, "convert", renewed, renewed);
    state.put(Lease.KEY, h.bytes());
  }

  @Test
  void isHeldByOneAndNamesTheHolder() throws IOException {
    Lease first = Lease.take(state, "convert");
    assertThatThrownBy(() -> Lease.take(state, "resume"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("`convert`")
        .hasMessageContaining("process " + ProcessHandle.current().pid())
        .hasMessageContaining("since ");
    first.renew();
    first.check();
    first.close();
    assertThat(state.status(Lease.KEY)).isEmpty();
    Lease.take(state, "resume").close();
  }

  @Test
  void ofAnotherMachineRunsOutAfterTwoMinutes() throws IOException {
    heldBy("elsewhere", 1, Instant.EPOCH, 110);
    assertThatThrownBy(() -> Lease.take(state, "convert"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cobalt");
    heldBy("elsewhere", 1, Instant.EPOCH, 130);
    Lease.take(state, "convert").close();
  }

  @ParameterizedTest
  @CsvSource({"600, 0, false", "-3600, 110, false", "-3600, 130, true", "0, 130, true"})
  void runsOutByTheStoresClock(
      long renewedSecondsAgo, long writtenSecondsAgo, boolean over, @TempDir Path folder)
      throws IOException {
    heldBy("elsewhere", 1, Instant.EPOCH, renewedSecondsAgo);
    LocalStore disk = new LocalStore(folder);
    disk.put(Lease.KEY, state.get(Lease.KEY));
    Files.setLastModifiedTime(
        folder.resolve(Lease.KEY), FileTime.from(Instant.now().minusSeconds(writtenSecondsAgo)));
    if (over) {
      Lease.take(disk, "convert").close();
      assertThat(disk.list("")).isEmpty();
    } else {
      assertThatThrownBy(() -> Lease.take(disk, "convert")).isInstanceOf(UserError.class);
      assertThat(disk.list("")).hasSize(1);
    }
  }

  @Test
  void ofADeadProcessOfThisMachineIsTakenAtOnce() throws Exception {
    Process p = new ProcessBuilder("sleep", "60").start();
    Instant started = p.info().startInstant().orElseThrow();
    String machine = Holder.self("x").machine();
    assertThat(machine).isNotEmpty();
    heldBy(machine, p.pid(), started, 1);
    assertThatThrownBy(() -> Lease.take(state, "convert")).isInstanceOf(UserError.class);
    p.destroyForcibly().waitFor();
    Lease.take(state, "convert").close();
    // The number lives on in another process.
    heldBy(machine, ProcessHandle.current().pid(), Instant.EPOCH, 1);
    Lease.take(state, "convert").close();
  }

  @Test
  void onceTakenOverIsLostForGood() throws IOException {
    Lease lease = Lease.take(state, "convert");
    heldBy("elsewhere", 1, Instant.EPOCH, 0);
    assertThatThrownBy(lease::renew).isInstanceOf(UserError.class).hasMessageContaining("resume");
    assertThatThrownBy(lease::check).isInstanceOf(UserError.class);
    lease.close();
    assertThat(Holder.of(state.get(Lease.KEY)).id()).isEqualTo("other");
  }

  @ParameterizedTest
  @CsvSource({"status, true", "get, true", "putIfMatch, true", "putIfMatch, false"})
  void aFaultWhileRenewingDoesNotLoseIt(String where, boolean after) throws IOException {
    boolean[] faulty = {false};
    ObjectStore flaky =
        FaultyStore.around(
            state,
            (method, key, done) -> {
              if (faulty[0] && method.equals(where) && done == after) {
                faulty[0] = false;
                throw new IOException("connection reset");
              }
            });
    try (Lease lease = Lease.take(flaky, "convert")) {
      faulty[0] = true;
      assertThatThrownBy(lease::renew).hasMessage("connection reset");
      lease.renew();
      lease.renew();
      lease.check();
      faulty[0] = true;
      assertThatThrownBy(lease::renew).hasMessage("connection reset");
      heldBy("elsewhere", 1, Instant.EPOCH, 0);
      assertThatThrownBy(lease::renew).isInstanceOf(UserError.class);
      assertThatThrownBy(lease::check).isInstanceOf(UserError.class);
    }
    assertThat(Holder.of(state.get(Lease.KEY)).id()).isEqualTo("other");
  }

  @Test
  void onceRemovedIsLost() throws IOException {
    Lease lease = Lease.take(state, "convert");
    state.delete(Lease.KEY);
    assertThatThrownBy(lease::renew).isInstanceOf(UserError.class).hasMessageContaining("resume");
    assertThatThrownBy(lease::check).isInstanceOf(UserError.class);
    lease.close();
  }

  @Test
  void worksOnDisk(@TempDir Path folder) throws IOException {
    LocalStore disk = new LocalStore(folder);
    try (Lease lease = Lease.take(disk, "convert")) {
      lease.renew();
      lease.renew();
      assertThatThrownBy(() -> Lease.take(disk, "convert")).isInstanceOf(UserError.class);
    }
    assertThat(disk.list("")).isEmpty();
  }
}
