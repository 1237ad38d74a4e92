package org.cornerturn.jobs.simulate;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Instruments;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.Instrument.Band;
import org.cornerturn.radio.Instrument.Layout;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.Polarization;
import org.cornerturn.simulate.AntennaLayout;
import picocli.CommandLine.Option;

/** The array, its band and the times. */
final class ArrayOptions {
  private static final String STANDARD_START = "2022-06-01T00:00:00";
  private static final double STANDARD_EXTENT_METRES = 1300;

  /** Antennas' places. */
  enum LayoutChoice {
    STATIONS,
    Y,
    RANDOM
  }

  @Option(
      names = "--instrument",
      paramLabel = "NAME|FILE",
      defaultValue = "dsa-110",
      description = "dsa-110, generic, or a YAML file (${DEFAULT-VALUE}).")
  private String instrumentName;

  @Option(
      names = "--template",
      paramLabel = "FILE.uvh5",
      description = "Take antennas, band, polarizations and times from this file.")
  private String template;

  @Option(names = "--antennas", paramLabel = "N", description = "Default all of the instrument.")
  private Integer antennas;

  @Option(names = "--layout", description = "${COMPLETION-CANDIDATES}; default the instrument's.")
  private LayoutChoice layout;

  @Option(
      names = "--extent",
      paramLabel = "METRES",
      description = "Radius of --layout y and random; default the instrument's, or 1300.")
  private Double extent;

  @Option(names = "--no-autocorrelations", description = "Leave out antennas with themselves.")
  private boolean noAutocorrelations;

  @Option(names = "--channels", paramLabel = "N", description = "Default the instrument's.")
  private Integer channels;

  @Option(
      names = "--lowest-hz",
      paramLabel = "HZ",
      description = "Lower edge of the band; default the instrument's.")
  private Double lowestHz;

  @Option(
      names = "--channel-width-hz",
      paramLabel = "HZ",
      description = "Default the instrument's band, cut into --channels.")
  private Double channelWidthHz;

  @Option(
      names = "--polarizations",
      paramLabel = "P",
      split = ",",
      arity = "1",
      description = "As in XX,YY or XX,XY,YX,YY; default the instrument's.")
  private List<Polarization> polarizations;

  @Option(
      names = "--start-time",
      paramLabel = "UTC",
      description = "Start of the first integration (" + STANDARD_START + ").")
  private String startTime;

  @Option(names = "--integrations", paramLabel = "N", description = "Default the instrument's.")
  private Integer integrations;

  @Option(names = "--duration", description = "Instead of --integrations, as in 5min.")
  private Duration duration;

  @Option(
      names = "--integration-seconds",
      paramLabel = "S",
      description = "Of one integration; default the instrument's.")
  private Double integrationSeconds;

  private TemplateFile read;

  boolean hasStartTime() {
    return startTime != null || template != null;
  }

  boolean autocorrelations() {
    return !noAutocorrelations;
  }

  /** The instrument as these options change it, apart from its layout. */
  Instrument instrument(Map<String, String> hadoop) throws IOException {
    Instrument named = Instruments.named(instrumentName, hadoop);
    if (template != null) {
      read = TemplateFile.read(template, named, hadoop);
      named = read.instrument();
    }
    double seconds = seconds(named);
    return new Instrument(
        named.name(),
        named.telescope(),
        named.dishDiameterMetres(),
        named.mount(),
        polarizations == null ? named.polarizations() : checked(polarizations),
        seconds,
        integrations(named, seconds),
        band(named.band()),
        named.subbands(),
        named.descending(),
        named.beam(),
        named.sefdJy(),
        named.efficiency(),
        named.apertureEfficiency(),
        layout(named));
  }

  private static List<Polarization> checked(List<Polarization> given) {
    Checks.require(
        given.stream().noneMatch(Polarization::isStokes)
            && given.stream().distinct().count() == given.size(),
        "--polarizations " + given,
        "correlators make XX XY YX YY or RR RL LR LL, each once",
        "Use some of those");
    return given;
  }

  private double seconds(Instrument named) {
    Checks.require(
        integrationSeconds == null || integrationSeconds > 0,
        "--integration-seconds " + integrationSeconds,
        "too short",
        "Use more than 0");
    return integrationSeconds == null ? named.integrationSeconds() : integrationSeconds;
  }

  private int integrations(Instrument named, double seconds) {
    Checks.require(
        integrations == null || duration == null,
        "--integrations and --duration",
        "both tell how long",
        "Give one of them");
    if (duration == null) {
      return Checks.positive("--integrations", integrations, named.integrations());
    }
    double count = Math.rint(duration.toNanos() / 1e9 / seconds);
    Checks.require(
        count >= 1 && count < Integer.MAX_VALUE,
        "--duration " + duration,
        "it holds no integration of " + seconds + " s",
        "Use a longer one");
    return (int) count;
  }

  private Band band(Band named) {
    int count = Checks.positive("--channels", channels, named.channels());
    Checks.require(
        (lowestHz == null || lowestHz > 0) && (channelWidthHz == null || channelWidthHz > 0),
        "--lowest-hz and --channel-width-hz",
        "frequencies are more than 0",
        "Mend them");
    double width =
        channelWidthHz != null ? channelWidthHz : named.channelWidthHz() * named.channels() / count;
    return new Band(lowestHz == null ? named.lowestEdgeHz() : lowestHz, width, count);
  }

  private Layout layout(Instrument named) {
    boolean own = layout == null || layout == LayoutChoice.STATIONS;
    Checks.require(
        layout != LayoutChoice.STATIONS || named.layout() instanceof Layout.Stations,
        "--layout stations",
        "the instrument " + named.name() + " has no table of stations",
        "Use y or random");
    Checks.require(
        extent == null || extent > 0, "--extent " + extent, "too small", "Use more than 0");
    if (own && extent == null) {
      return named.layout();
    }
    int count = Checks.positive("--antennas", antennas, usual(named.layout()));
    double metres = extent != null ? extent : STANDARD_EXTENT_METRES;
    boolean random =
        layout == LayoutChoice.RANDOM
            || layout == null && named.layout() instanceof Layout.Scattered;
    Checks.require(
        !own || !(named.layout() instanceof Layout.Stations),
        "--extent " + extent,
        "a table of stations has its own",
        "Leave it out, or add --layout y or random");
    return random ? new Layout.Scattered(count, metres) : new Layout.Wye(count, metres);
  }

  private static int usual(Layout layout) {
    if (layout instanceof Layout.Stations s) {
      return s.antennas().size();
    }
    return layout instanceof Layout.Wye y ? y.antennas() : ((Layout.Scattered) layout).antennas();
  }

  /** Antennas of {@link #instrument}. */
  List<Antenna> antennas(Instrument instrument, long seed) {
    int count = Checks.positive("--antennas", antennas, usual(instrument.layout()));
    return AntennaLayout.antennas(instrument, instrument.layout(), count, seed);
  }

  /** Start of the first integration, UTC. */
  JulianDate start() {
    if (startTime == null && read != null) {
      return read.start();
    }
    String text = startTime == null ? STANDARD_START : startTime.replaceFirst("[zZ]$", "");
    try {
      LocalDateTime time = LocalDateTime.parse(text.toUpperCase(Locale.ROOT));
      return JulianDate.ofUnixSeconds(time.toEpochSecond(ZoneOffset.UTC) + time.getNano() * 1e-9);
    } catch (DateTimeParseException e) {
      throw new UserError(
          "--start-time " + startTime, "it is no time", "Write it as in " + STANDARD_START, e);
    }
  }
}
