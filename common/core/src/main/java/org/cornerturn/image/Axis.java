package org.cornerturn.image;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Round tick values of an axis, and the unit prefix in which they are short. */
public record Axis(double low, double high, double step, double unit, String prefix) {
  private static final String[] PREFIXES = {"p", "n", "u", "m", "", "k", "M", "G", "T"};
  private static final int PREFIX_OF_ONE = 4;

  /** An axis from low to high with at most {@code most} ticks, 2 or more. */
  public static Axis of(double low, double high, int most) {
    double span = high - low;
    double rough = span / most;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * power;
    for (double m : new double[] {1, 2, 5}) {
      if (m * power >= rough) {
        step = m * power;
        break;
      }
    }
    double largest = Math.max(Math.abs(low), Math.abs(high));
    int thousands = (int) Math.floor(Math.log10(largest) / 3 + 1e-9);
    int prefix = Math.max(0, Math.min(PREFIXES.length - 1, PREFIX_OF_ONE + thousands));
    return new Axis(low, high, step, Math.pow(1000, prefix - PREFIX_OF_ONE), PREFIXES[prefix]);
  }

  /** The same axis with its numbers as they are, for what has no unit that a prefix could go to. */
  public Axis plain() {
    return new Axis(low, high, step, 1, "");
  }

  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A tick in the prefixed unit. */
  public String label(double tick) {
    BigDecimal rounded = new BigDecimal(tick / unit).round(new MathContext(7));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
