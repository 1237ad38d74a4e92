package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cornerturn.query.http.Deadline;

class ByteCachePropertyTest {
  /** What an entry weighs beside its value. */
  private static final int ENTRY = 200;

  /** Against a plain model: a list in order of use, cut from its front. */
  @Property(tries = 200)
  void keepsWhatWasUsedLast(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 12) Integer> asked) throws Exception {
    long most = 3_000;
    List<Integer> discarded = new ArrayList<>();
    ByteCache<Integer, Integer> cache =
        new ByteCache<>(most, v -> v * 100L, (k, v) -> discarded.add(k));
    Map<Integer, Integer> model = new LinkedHashMap<>();
    int loads = 0;
    AtomicInteger loaded = new AtomicInteger();
    for (int key : asked) {
      int got =
          cache.get(
              key,
              Deadline.NONE,
              () -> {
                loaded.incrementAndGet();
                return key;
              });
      assertThat(got).isEqualTo(key);
      if (model.remove(key) == null) {
        loads++;
      }
      model.put(key, key);
      while (model.values().stream().mapToLong(v -> v * 100L + ENTRY).sum() > most) {
        model.remove(model.keySet().iterator().next());
      }
      assertThat(loaded).hasValue(loads);
    }
    ByteCache.Counts counts = cache.counts();
    assertThat(counts.entries()).isEqualTo(model.size());
    assertThat(counts.bytes())
        .isEqualTo(model.values().stream().mapToLong(v -> v * 100L + ENTRY).sum())
        .isLessThanOrEqualTo(most);
    assertThat(discarded).hasSize(loads - model.size());
    assertThat(counts.hits() + counts.misses()).isEqualTo(asked.size());
    model.keySet().forEach(k -> assertThat(cache.peek(k)).isEqualTo(k));
  }
}
