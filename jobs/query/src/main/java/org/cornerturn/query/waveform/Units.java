package org.cornerturn.query.waveform;

/** What values are given in. */
enum Units {
  MV("mV", 1),
  V("V", 1e-3),
  COUNTS("counts", 1);

  private final String text;
  private final double perMillivolt;

  Units(String text, double perMillivolt) {
    this.text = text;
    this.perMillivolt = perMillivolt;
  }

  /** As it is written. */
  String text() {
    return text;
  }

  double ofMillivolts(double millivolts) {
    return millivolts * perMillivolt;
  }
}
