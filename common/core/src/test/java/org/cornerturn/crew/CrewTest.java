package org.cornerturn.crew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void doesEachItemOnce(int size) {
    for (int items : new int[] {0, 1, 3, 1000}) {
      AtomicIntegerArray done = new AtomicIntegerArray(items);
      try (Crew crew = Crew.of(size)) {
        crew.each(
            items,
            (item, member) -> {
              assertThat(member).isBetween(0, size - 1);
              done.incrementAndGet(item);
            });
      }
      for (int i = 0; i < items; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void hasAllMembersAtWork() {
    Set<Integer> members = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(3);
    try (Crew crew = Crew.of(3)) {
      // Each waits for the others: only three threads get through.
      crew.each(
          3,
          (item, member) -> {
            members.add(member);
            all.countDown();
            all.await();
          });
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(members).containsExactlyInAnyOrder(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void throwsWhatWentWrong(int size) {
    try (Crew crew = Crew.of(size)) {
      assertThatThrownBy(
              () ->
                  crew.each(
                      100,
                      (item, member) -> {
                        if (item == 17) {
                          throw new IOException("item 17");
                        }
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("item 17");
      assertThatThrownBy(
              () ->
                  crew.each(
                      1,
                      (item, member) -> {
                        throw new IllegalStateException("at once");
                      }))
          .hasMessage("at once");
    }
  }

  @Test
  void isNotEmpty() {
    assertThatThrownBy(() -> Crew.of(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Crew.alone().size()).isEqualTo(1);
  }
}
