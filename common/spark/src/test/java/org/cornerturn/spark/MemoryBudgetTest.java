package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final long MIB = 1L << 20;

  @Test
  void tasksThatDoNotFitTogetherWaitForEachOther() throws Exception {
    MemoryBudget budget = new MemoryBudget(100 * MIB);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        long bytes = (i % 4 + 1) * 20 * MIB;
        tasks.add(
            pool.submit(
                () -> {
                  try (MemoryBudget.Share share = budget.take(bytes)) {
                    assertThat(share).isNotNull();
                    most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                    Thread.sleep(2);
                    held.addAndGet(-bytes);
                  }
                  return null;
                }));
      }
      for (Future<?> t : tasks) {
        t.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(most.get()).isBetween(80 * MIB, 100 * MIB);
  }

  @Test
  void aTaskLargerThanAllRunsAlone() throws Exception {
    MemoryBudget budget = new MemoryBudget(10 * MIB);
    try (MemoryBudget.Share all = budget.take(50 * MIB)) {
      assertThat(all).isNotNull();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> budget.take(1)).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    budget.take(10 * MIB).close();
  }

  @Test
  void smallHeapsLeaveSomethingForTasks() throws Exception {
    MemoryBudget.of(64 * MIB).take(16 * MIB).close();
    try (MemoryBudget.Share most = MemoryBudget.of(1024 * MIB).take(800 * MIB)) {
      assertThat(most).isNotNull();
    }
  }
}
