package org.cornerturn.source;

/** What is to be known of a fit. */
public enum SourceFlag {
  /** Its shape is the beam's: the pixels don't tell another one. */
  POINT("point"),
  /** Wider than the beam, by more than three times the error. */
  EXTENDED("extended"),
  /** Other components are in its island. */
  BLENDED("blended"),
  /** The image's edge, or blank pixels, are within a beam. */
  EDGE("edge"),
  /** The fit did not converge: height and place are those of its highest pixel. */
  UNFITTED("unfitted"),
  /** Its island has too many summits to be fitted at once: this one was fitted by itself. */
  CROWDED("crowded"),
  /** Its island goes on beyond what was looked at. */
  TRUNCATED("truncated");

  private final String word;

  SourceFlag(String word) {
    this.word = word;
  }

  /** In tables. */
  public String word() {
    return word;
  }

  int bit() {
    return 1 << ordinal();
  }
}
