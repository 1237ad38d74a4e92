package org.cornerturn.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JulianDateTest {
  @ParameterizedTest
  @CsvSource({
    "2440587.5, 1970-01-01T00:00:00Z",
    "2440588, 1970-01-01T12:00:00Z",
    "2451545, 2000-01-01T12:00:00Z",
    "2459599.854166666, 2022-01-20T08:29:59.999942Z",
    "2415020.5, 1900-01-01T00:00:00Z"
  })
  void secondsOfKnownDates(double julianDate, String instant) {
    Instant i = Instant.parse(instant);
    double expected = i.getEpochSecond() + i.getNano() * 1e-9;
    assertThat(JulianDate.unixSeconds(julianDate)).isCloseTo(expected, within(3e-5));
  }

  /** Against exact decimal arithmetic on what the double says. */
  @Property
  void secondsAreRightToAMicrosecond(
      @ForAll @DoubleRange(min = 2415020, max = 2488070) double julianDate) {
    BigDecimal exact =
        new BigDecimal(julianDate)
            .subtract(new BigDecimal("2440587.5"))
            .multiply(BigDecimal.valueOf(86400));
    double seconds = JulianDate.of(julianDate).unixSeconds();
    double off = new BigDecimal(seconds).subtract(exact).abs().doubleValue();
    assertThat(off).isLessThan(1e-6);
  }

  @Property
  void partsSumToTheDouble(@ForAll @DoubleRange(min = 0, max = 3e6) double julianDate) {
    JulianDate d = JulianDate.of(julianDate);
    assertThat(d.toDouble()).isEqualTo(julianDate);
    assertThat(d.day()).isEqualTo((long) Math.floor(julianDate));
  }

  @Property
  void secondsComeBack(@ForAll @DoubleRange(min = -3e9, max = 4e9) double seconds) {
    assertThat(JulianDate.ofUnixSeconds(seconds).unixSeconds()).isCloseTo(seconds, within(1e-6));
  }

  @Property
  void aLaterDateIsLaterBySoMuch(
      @ForAll @DoubleRange(min = 2450000, max = 2470000) double julianDate,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double seconds) {
    JulianDate from = JulianDate.of(julianDate);
    JulianDate to = from.plusSeconds(seconds);
    double apart = (to.day() - from.day()) * 86400.0 + (to.fraction() - from.fraction()) * 86400;
    assertThat(apart).isCloseTo(seconds, within(1e-8));
    assertThat(Integer.signum(to.compareTo(from))).isIn(0, (int) Math.signum(seconds));
  }

  @Test
  void modifiedDatesKeepTheFraction() {
    assertThat(new JulianDate(2459599, 0.75).modified()).isEqualTo(59599.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNoNumberIsNoDate(double julianDate) {
    assertThatThrownBy(() -> JulianDate.of(julianDate))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
