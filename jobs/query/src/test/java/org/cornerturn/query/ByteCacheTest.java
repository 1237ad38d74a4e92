package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;
import org.junit.jupiter.api.Test;

class ByteCacheTest {
  @Test
  void equalQuestionsAreAnsweredByOneLoad() throws Exception {
    ByteCache<String, String> cache = new ByteCache<>(10_000, String::length);
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> answers = new ArrayList<>();
      Callable<String> question =
          () ->
              cache.get(
                  "k",
                  Deadline.NONE,
                  () -> {
                    loads.incrementAndGet();
                    asked.await();
                    return "v";
                  });
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(question));
      }
      while (cache.counts().hits() < 7) {
        Thread.onSpinWait();
      }
      asked.countDown();
      for (Future<String> a : answers) {
        assertThat(a.get(60, TimeUnit.SECONDS)).isEqualTo("v");
      }
      assertThat(loads).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFailureIsTheSameForAllAndIsNotKept() throws Exception {
    ByteCache<String, String> cache = new ByteCache<>(10_000, String::length);
    IOException fault = new IOException("no");
    assertThatThrownBy(
            () ->
                cache.get(
                    "k",
                    Deadline.NONE,
                    () -> {
                      throw fault;
                    }))
        .isSameAs(fault);
    assertThat(cache.get("k", Deadline.NONE, () -> "v")).isEqualTo("v");
  }

  @Test
  void whoWaitsDoesNotSufferFromAnothersDeadline() throws Exception {
    ByteCache<String, String> cache = new ByteCache<>(10_000, String::length);
    CountDownLatch waits = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Deadline over = Deadline.after(Duration.ZERO, () -> false);
      Future<String> hasty =
          threads.submit(
              () ->
                  cache.get(
                      "k",
                      over,
                      () -> {
                        waits.await();
                        over.check();
                        return "never";
                      }));
      while (cache.counts().misses() < 1) {
        Thread.onSpinWait();
      }
      Future<String> patient =
          threads.submit(() -> cache.get("k", Deadline.NONE, () -> "loaded by another"));
      while (cache.counts().hits() < 1) {
        Thread.onSpinWait();
      }
      waits.countDown();
      assertThat(patient.get(60, TimeUnit.SECONDS)).isEqualTo("loaded by another");
      assertThatThrownBy(hasty::get).hasCauseInstanceOf(Problem.class);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsLargerThanTheCacheIsAnsweredAndNotKept() throws Exception {
    ByteCache<String, String> cache = new ByteCache<>(300, String::length);
    cache.get("small", Deadline.NONE, () -> "s");
    assertThat(cache.get("large", Deadline.NONE, () -> "l".repeat(500))).hasSize(500);
    assertThat(cache.peek("large")).isNull();
    assertThat(cache.peek("small")).isEqualTo("s");
    cache.removeIf("small"::equals);
    assertThat(cache.counts().bytes()).isZero();
  }

  @Test
  void requestsWaitForMemoryAndGiveItBack() throws Exception {
    RequestMemory memory = new RequestMemory(100);
    try (RequestMemory.Reservation all = memory.reserve(100, Deadline.NONE)) {
      assertThat(all).isNotNull();
      Deadline soon = Deadline.after(Duration.ofMillis(20), () -> false);
      assertThatThrownBy(() -> memory.reserve(1, soon)).isInstanceOf(Problem.class);
    }
    assertThat(memory.reserved()).isZero();
    assertThatThrownBy(() -> memory.reserve(101, Deadline.NONE))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(413));
  }
}
