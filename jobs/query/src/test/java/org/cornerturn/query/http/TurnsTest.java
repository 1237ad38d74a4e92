package org.cornerturn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornerturn.query.http.Turns.Turn;
import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void noMoreThanSoManyRunAtOnceAndAllDo() throws InterruptedException {
    Turns turns = new Turns(2, Duration.ofHours(1));
    AtomicInteger running = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Thread client =
          new Thread(
              () -> {
                try (Turn turn = turns.take()) {
                  assertThat(turn.isHeld()).isTrue();
                  seen.add(running.incrementAndGet());
                  running.decrementAndGet();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      clients.add(client);
      client.start();
    }
    for (Thread client : clients) {
      client.join();
    }
    assertThat(seen).hasSize(20).allMatch(n -> n <= 2);
  }

  /** Streams that go on for hours hold nobody up: once they have had their time, others run. */
  @Test
  void longOnesLoseTheirTurn() throws InterruptedException {
    Turns turns = new Turns(1, Duration.ofMillis(1));
    try (Turn stream = turns.take()) {
      Thread.sleep(5);
      for (int i = 0; i < 3; i++) {
        try (Turn quick = turns.take()) {
          assertThat(quick.isHeld()).as("request %d", i).isTrue();
        }
      }
      assertThat(stream.isHeld()).isFalse();
    }
    try (Turn next = turns.take()) {
      assertThat(next.isHeld()).isTrue();
    }
  }
}
