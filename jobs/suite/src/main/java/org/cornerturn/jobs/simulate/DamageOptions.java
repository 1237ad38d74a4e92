package org.cornerturn.jobs.simulate;

import org.cornerturn.jobs.Angle;
import org.cornerturn.radio.Instrument;
import org.cornerturn.simulate.Corruption;
import org.cornerturn.simulate.Interference;
import picocli.CommandLine.Option;

/** What receivers, antennas and transmitters do to the data. */
final class DamageOptions {
  @Option(names = "--noise", description = "Add receivers' noise.")
  private boolean noise;

  @Option(
      names = "--sefd",
      paramLabel = "JY",
      description = "System equivalent flux density; default the instrument's.")
  private Double sefd;

  @Option(names = "--system-temperature", paramLabel = "KELVIN", description = "Instead of --sefd.")
  private Double systemTemperature;

  @Option(
      names = "--efficiency",
      paramLabel = "E",
      description = "Of the correlator; noise is SEFD / (E sqrt(2 dnu dt)); the instrument's.")
  private Double efficiency;

  @Option(names = "--gain-errors", description = "Give each antenna's receptors a gain of its own.")
  private boolean gainErrors;

  @Option(
      names = "--gain-std",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "Scatter of the gains' modulus (${DEFAULT-VALUE}).")
  private double gainStd;

  @Option(
      names = "--phase-std",
      paramLabel = "ANGLE",
      defaultValue = "10deg",
      description = "Scatter of the gains' phase (${DEFAULT-VALUE}).")
  private Angle phaseStd;

  @Option(
      names = "--delay-std-ns",
      paramLabel = "NS",
      defaultValue = "0",
      description = "Scatter of delays (${DEFAULT-VALUE}).")
  private double delayStdNs;

  @Option(
      names = "--bandpass-std",
      paramLabel = "X",
      defaultValue = "0",
      description = "Scatter of the bandpasses' coefficients (${DEFAULT-VALUE}).")
  private double bandpassStd;

  @Option(
      names = "--drift-std",
      paramLabel = "X",
      defaultValue = "0",
      description = "Scatter of the gains' slopes, per half observation (${DEFAULT-VALUE}).")
  private double driftStd;

  @Option(names = "--rfi", description = "Add interference; the truth says where it is.")
  private boolean rfi;

  @Option(
      names = "--rfi-persistent",
      paramLabel = "PART",
      defaultValue = "0.02",
      description = "Of the channels that a transmitter fills (${DEFAULT-VALUE}).")
  private double persistent;

  @Option(
      names = "--rfi-bursts",
      paramLabel = "PART",
      defaultValue = "0.12",
      description = "Of the integrations that have a burst (${DEFAULT-VALUE}).")
  private double bursts;

  @Option(
      names = "--rfi-strength",
      paramLabel = "X",
      defaultValue = "8",
      description = "Least amplitude, in units of the noise (${DEFAULT-VALUE}).")
  private double strength;

  /** Jy; 0 for none. */
  double noiseSefd(Instrument instrument) {
    return noise ? sefd(instrument) : 0;
  }

  double efficiency(Instrument instrument) {
    Checks.require(
        efficiency == null || efficiency > 0 && efficiency <= 1,
        "--efficiency " + efficiency,
        "it is a part",
        "Use more than 0, 1 at most");
    return efficiency != null ? efficiency : instrument.efficiency();
  }

  private double sefd(Instrument instrument) {
    Checks.require(
        sefd == null || systemTemperature == null,
        "--sefd and --system-temperature",
        "both tell the noise",
        "Give one of them");
    Checks.require(
        (sefd == null || sefd > 0) && (systemTemperature == null || systemTemperature > 0),
        sefd != null ? "--sefd " + sefd : "--system-temperature " + systemTemperature,
        "too little",
        "Use more than 0, or leave out --noise");
    if (systemTemperature != null) {
      return instrument.sefdJy(systemTemperature);
    }
    return sefd != null ? sefd : instrument.sefdJy();
  }

  Corruption corruption() {
    Checks.require(
        gainStd >= 0 && phaseStd.radians() >= 0 && bandpassStd >= 0 && driftStd >= 0,
        "--gain-errors",
        "a scatter is less than 0",
        "Use 0 or more");
    return gainErrors
        ? new Corruption(gainStd, phaseStd.radians(), delayStdNs * 1e-9, bandpassStd, driftStd)
        : Corruption.NONE;
  }

  /**
   * @param channelWidthHz and integrationSeconds of a visibility, for the noise
   */
  Interference interference(
      Instrument instrument, double channelWidthHz, double integrationSeconds) {
    Checks.require(
        persistent >= 0 && persistent <= 1 && bursts >= 0 && bursts <= 1 && strength > 0,
        "--rfi",
        "parts lie between 0 and 1, the strength above 0",
        "Mend --rfi-persistent, --rfi-bursts or --rfi-strength");
    double sigma =
        sefd(instrument)
            / (efficiency(instrument) * Math.sqrt(2 * channelWidthHz * integrationSeconds));
    return rfi ? new Interference(persistent, bursts, strength * sigma) : Interference.NONE;
  }
}
