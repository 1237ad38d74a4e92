package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.storage.FaultyStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private final ObjectStore table = new MemoryStore();
  private final List<String> committed = new ArrayList<>();
  private boolean faulty;

  private static Ledger.Row row(String task) {
    return new Ledger.Row("p", "making", Outcome.done(task, List.of(), 1));
  }

  private Journal journal(ObjectStore ledger) throws IOException {
    return new Journal(
        new Ledger(ledger, "run"),
        Lease.take(new MemoryStore(), "make"),
        rows -> rows.forEach(r -> committed.add(r.outcome().taskId())));
  }

  private List<String> recorded() throws IOException {
    List<String> found = new ArrayList<>();
    new Ledger(table, "reader").readDone((creation, task, bytes) -> found.add(task));
    return found;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsThatJoinAfterAnUnclearCommitAreRecordedToo(boolean commitArrives) throws IOException {
    ObjectStore disk =
        FaultyStore.around(
            table,
            (method, key, done) -> {
              if (faulty && key.endsWith("1.json") && done == commitArrives) {
                throw new IOException("No space left on device");
              }
            });
    Journal journal = journal(disk);
    journal.add(row("a"));
    faulty = true;
    assertThatThrownBy(journal::flush).hasMessageContaining("No space left");
    assertThat(committed).isEmpty();
    assertThat(recorded()).hasSize(commitArrives ? 1 : 0);
    faulty = false;
    journal.add(row("b"));
    journal.flush();
    journal.add(row("c"));
    journal.flush();
    assertThat(committed).containsExactly("a", "b", "c");
    assertThat(recorded()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void nothingIsCommittedOnceItIsClosed() throws IOException {
    Journal journal = journal(table);
    journal.add(row("a"));
    journal.close();
    journal.flush();
    assertThat(committed).isEmpty();
    assertThat(recorded()).isEmpty();
  }
}
