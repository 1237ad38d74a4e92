package org.cornerturn.query.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.cornerturn.query.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=5-9, 5, 9",
    "bytes=5-, 5, 99",
    "bytes=-1, 99, 99",
    "bytes=-100, 0, 99",
    "bytes=-5000, 0, 99",
    "bytes=90-5000, 90, 99",
    "BYTES= 3 - 4 , 3, 4",
    "bytes=0-99999999999999999999999, 0, 99"
  })
  void rangesAreCutAtTheEnd(String header, long first, long last) {
    assertThat(ByteRange.of(header, 100)).hasValue(new ByteRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=100-",
        "bytes=-0",
        "bytes=9-5",
        "bytes=-",
        "bytes=",
        "bytes=x-3",
        "bytes=3-x",
        "bytes=1-2-3",
        "bytes=+1-2",
        "bytes=99999999999999999999999-",
        "bytes=0x1-2"
      })
  void whatNamesNoByteIsRefused(String header) {
    assertThatThrownBy(() -> ByteRange.of(header, 100))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(416));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines=1-2", "bytes=0-1,5-6", "bytes", "", "items 1-2"})
  void whatNeedNotBeServedGivesAll(String header) {
    assertThat(ByteRange.of(header, 100)).isEmpty();
  }

  @Test
  void noHeaderGivesAllAndAnEmptyObjectHasNoRange() {
    assertThat(ByteRange.of(null, 100)).isEmpty();
    assertThatThrownBy(() -> ByteRange.of("bytes=0-", 0)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> ByteRange.of("bytes=-5", 0)).isInstanceOf(Problem.class);
  }

  @Property(tries = 300)
  void whateverIsAskedForLiesInTheObject(
      @ForAll @LongRange(min = 0, max = 1000) long size, @ForAll String text) {
    try {
      Optional<ByteRange> range = ByteRange.of("bytes=" + text, size);
      range.ifPresent(
          r -> {
            assertThat(r.first()).isBetween(0L, size - 1);
            assertThat(r.last()).isBetween(r.first(), size - 1);
          });
    } catch (Problem p) {
      assertThat(p.status()).isEqualTo(416);
    }
  }
}
