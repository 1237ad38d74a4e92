package org.cornerturn.sky;

import java.io.Serializable;
import java.util.List;

/**
 * Flux density against frequency.
 *
 * @param fluxJy at the reference frequency
 * @param referenceHz where the flux is stated; of no meaning without terms
 * @param terms see {@link Form}; none for the same flux everywhere
 */
public record Spectrum(double fluxJy, double referenceHz, List<Double> terms, Form form)
    implements Serializable {

  /** What terms c0, c1, ... mean; x is nu over the reference frequency. */
  public enum Form {
    /** S = flux x^(c0 + c1 log10 x + c2 log10^2 x + ...): a spectral index, and its change. */
    LOGARITHMIC,
    /** S = flux + c0 (x - 1) + c1 (x - 1)^2 + ..., in Jy. */
    ORDINARY
  }

  public Spectrum {
    terms = List.copyOf(terms);
    if (!Double.isFinite(fluxJy) || !terms.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a spectrum of " + fluxJy + " Jy and terms " + terms);
    }
    if (!terms.isEmpty() && !(referenceHz > 0 && referenceHz < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a spectrum with a reference at " + referenceHz + " Hz");
    }
  }

  /** S = flux (nu / reference)^index. */
  public static Spectrum powerLaw(double fluxJy, double referenceHz, double index) {
    return new Spectrum(fluxJy, referenceHz, List.of(index), Form.LOGARITHMIC);
  }

  /** The same flux at all frequencies. */
  public static Spectrum flat(double fluxJy) {
    return new Spectrum(fluxJy, 0, List.of(), Form.LOGARITHMIC);
  }

  /** The first spectral index; 0 without terms. */
  public double index() {
    return terms.isEmpty() ? 0 : terms.get(0);
  }

  /** Flux density at a frequency, Jy. */
  public double fluxJy(double frequencyHz) {
    if (terms.isEmpty()) {
      return fluxJy;
    }
    double x = frequencyHz / referenceHz;
    if (form == Form.ORDINARY) {
      return fluxJy + (x - 1) * polynomial(x - 1);
    }
    return fluxJy * Math.pow(x, terms.size() == 1 ? terms.get(0) : polynomial(Math.log10(x)));
  }

  private double polynomial(double x) {
    double sum = 0;
    for (int i = terms.size() - 1; i >= 0; i--) {
      sum = sum * x + terms.get(i);
    }
    return sum;
  }
}
