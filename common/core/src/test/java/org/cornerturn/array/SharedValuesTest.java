package org.cornerturn.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharedValuesTest {
  private final SharedValues shared = new SharedValues();

  @Test
  void equalValuesAreOne() {
    int[] first = {1, 2, 3};
    assertThat(shared.of(first)).isSameAs(first);
    assertThat(shared.of(new int[] {1, 2, 3})).isSameAs(first);
    int[] other = {1, 2, 4};
    assertThat(shared.of(other)).isSameAs(other);
    long[] longs = {1, 2, 3};
    assertThat(shared.of(longs)).isSameAs(longs);
    assertThat(shared.of(new long[] {1, 2, 3})).isSameAs(longs);
    List<String> names = List.of("a", "b");
    assertThat(shared.of(names)).isSameAs(names);
    assertThat(shared.of(List.copyOf(new java.util.ArrayList<>(names)))).isSameAs(names);
  }
}
