package org.cornerturn.jobs.simulate;

import static org.cornerturn.jobs.simulate.Checks.require;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.TextFile;
import org.cornerturn.jobs.Verb;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.simulate.LightCurve;
import org.cornerturn.simulate.RandomField;
import org.cornerturn.simulate.SimulatedObservation;
import org.cornerturn.simulate.SimulatedObservation.Tracking;
import org.cornerturn.simulate.SkySource;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.SkyComponent.Shape;
import org.cornerturn.sky.Spectrum;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn simulate uvh5}. */
@Command(
    name = "uvh5",
    description = {
      "Simulate an interferometer's visibilities and write them as UVH5, of any size, with the truth"
          + " beside them.",
      "OUT.uvh5 is one file of a field that is tracked; FOLDER/ gets one file a sub-band of a drift"
          + " scan, named and laid out as the DSA-110's."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn simulate uvh5 night/ --antennas 20 --integrations 8 --channels 48",
      "  cornerturn simulate uvh5 field.uvh5 --random-sources 100 --noise --gain-errors --rfi",
      "  cornerturn simulate uvh5 s3a://bucket/night/ --drop-subbands 3,7 --shuffle-subbands"
    })
public final class Uvh5Command extends Verb {
  private static final double REFERENCE_HZ = 1.4e9;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Order of the frequencies. */
  enum Order {
    ASC,
    DESC
  }

  /** What visibilities are phased to. */
  enum Phase {
    DRIFT,
    TRACKED
  }

  @Parameters(
      paramLabel = "OUT",
      description = "OUT.uvh5 (or .hdf5, .h5), or FOLDER/, on disk or s3a:.")
  private String output;

  @Mixin private ArrayOptions array;
  @Mixin private SkyOptions sky;
  @Mixin private DamageOptions damage;

  @Option(
      names = "--phase",
      description =
          "${COMPLETION-CANDIDATES}: to the meridian, or to the field; default drift for a folder,"
              + " tracked for one file.")
  private Phase phase;

  @Option(
      names = "--ra",
      paramLabel = "ANGLE",
      description =
          "Of the field, ICRS; default what is on the meridian. With it a drift scan moves to the"
              + " transit nearest to --start-time.")
  private Angle ra;

  @Option(
      names = "--dec",
      paramLabel = "ANGLE",
      description = "Of the field, ICRS; default the site's latitude.")
  private Angle dec;

  @Option(
      names = "--subbands",
      paramLabel = "N",
      description = "Files of a folder; default the instrument's, 16 for the DSA-110.")
  private Integer subbands;

  @Option(
      names = "--freq-order",
      description =
          "${COMPLETION-CANDIDATES}: with desc subband 0 is the highest, and frequencies descend in"
              + " each file; default desc for a folder, asc for one file.")
  private Order order;

  @Option(
      names = "--shuffle-subbands",
      description = "Write the files in an order that the seed chooses.")
  private boolean shuffle;

  @Option(
      names = "--drop-subbands",
      paramLabel = "K",
      split = ",",
      arity = "1",
      description = "Leave out these files, as in 3,7.")
  private List<Integer> dropped = List.of();

  @Option(
      names = "--placeholder-subbands",
      paramLabel = "K",
      split = ",",
      arity = "1",
      description = "Make these files of zeros, all flagged.")
  private List<Integer> placeholders = List.of();

  @Option(
      names = "--filter",
      defaultValue = "none",
      description =
          "Of the visibilities: none, or gzip, lzf, lz4, bitshuffle, shuffle, fletcher32 joined by"
              + " + (${DEFAULT-VALUE}).")
  private String filter;

  @Option(
      names = "--level",
      paramLabel = "0..9",
      defaultValue = "4",
      description = "Level of gzip (${DEFAULT-VALUE}).")
  private int level;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Chooses noise, gains, interference, random places (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--overwrite",
      description = "Replace an observation that other parameters have made.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Tell the plan; nothing is written.")
  private boolean dryRun;

  @Override
  protected ExitCode run() throws IOException {
    Uvh5Parameters parameters = parameters();
    Uvh5Job job =
        new Uvh5Job(global(), console(), overwrite ? Existing.OVERWRITE : Existing.REFUSE);
    if (dryRun) {
      return job.dryRun(parameters);
    }
    if (sky.writeCatalog != null) {
      write(sky.writeCatalog, SourceCatalog.csv(parameters.observation().sources()));
    }
    return job.run(parameters);
  }

  private void write(String uri, String text) throws IOException {
    int slash = uri.lastIndexOf('/');
    String folder = slash < 0 ? "." : slash == 0 ? "/" : uri.substring(0, slash);
    try (ObjectStore store = Stores.open(folder, global().hadoop())) {
      store.put(uri.substring(slash + 1), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Uvh5Parameters parameters() throws IOException {
    boolean oneFile = output.matches(".*\\.(uvh5|hdf5|h5)");
    require(
        oneFile || !output.matches(".*\\.zarr/?"),
        output,
        "simulate writes UVH5",
        "Name a file OUT.uvh5 or a FOLDER/; `cornerturn convert` makes a store of it");
    Instrument instrument = array.instrument(global().hadoop());
    int files = files(oneFile, instrument);
    checkFilter();
    SimulatedObservation observation = observation(oneFile, instrument);
    Instant start = Instant.ofEpochSecond((long) Math.floor(observation.start().unixSeconds()));
    return new Uvh5Parameters(
        place(),
        STAMP.format(start),
        observation,
        files,
        order != null ? order == Order.DESC : !oneFile && instrument.descending(),
        shuffle,
        dropped,
        placeholders,
        filter.toLowerCase(Locale.ROOT),
        level);
  }

  private int files(boolean oneFile, Instrument instrument) {
    if (oneFile) {
      require(
          subbands == null && dropped.isEmpty() && placeholders.isEmpty(),
          output,
          "one file has no sub-bands",
          "Name a FOLDER/, or leave out the options of sub-bands");
      return 0;
    }
    int files = Checks.positive("--subbands", subbands, instrument.subbands());
    require(
        files <= Uvh5Parameters.MOST_SUBBANDS && instrument.band().channels() % files == 0,
        "--subbands " + files,
        instrument.band().channels() + " channels aren't cut into so many equal parts",
        "Use a number that divides them, 100 at most, or other --channels");
    for (List<Integer> some : List.of(dropped, placeholders)) {
      require(
          some.stream().allMatch(k -> k >= 0 && k < files),
          "sub-bands " + some,
          "they are counted from 0 to " + (files - 1),
          "Mend --drop-subbands or --placeholder-subbands");
    }
    require(
        dropped.stream().distinct().count() < files,
        "--drop-subbands " + dropped,
        "nothing is left",
        "Leave one at least");
    return files;
  }

  private void checkFilter() {
    require(level >= 0 && level <= 9, "--level " + level, "not a level of gzip", "Use 0 to 9");
    try {
      WaveformParameters.filters(filter, level);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--filter " + filter,
          e.getMessage(),
          "Use none, or gzip, lzf, lz4, bitshuffle, shuffle, fletcher32 joined by +",
          e);
    }
  }

  private SimulatedObservation observation(boolean oneFile, Instrument instrument)
      throws IOException {
    Tracking tracking =
        phase == Phase.DRIFT || phase == null && !oneFile ? Tracking.DRIFT : Tracking.SIDEREAL;
    FieldCentre field = field(instrument, tracking);
    return new SimulatedObservation(
        seed,
        instrument.telescope(),
        array.antennas(instrument, seed),
        array.autocorrelations(),
        instrument.dishDiameterMetres(),
        instrument.band(),
        instrument.polarizations(),
        field.start(),
        instrument.integrationSeconds(),
        instrument.integrations(),
        tracking,
        field.direction(),
        sky.directions,
        sources(field.direction()),
        sky.beam != null ? sky.beam : instrument.beam(),
        damage.noiseSefd(instrument),
        damage.efficiency(instrument),
        damage.corruption(),
        damage.interference(
            instrument, instrument.band().channelWidthHz(), instrument.integrationSeconds()));
  }

  private FieldCentre field(Instrument instrument, Tracking tracking) {
    Geodetic site = instrument.telescope().location();
    double declination = dec != null ? dec.radians() : site.latitudeRad();
    require(
        Math.abs(declination) <= Math.PI / 2,
        "--dec",
        "it is beyond a pole",
        "Use -90deg to 90deg");
    double seconds = instrument.integrations() * instrument.integrationSeconds();
    JulianDate start = array.start();
    if (ra == null) {
      return FieldCentre.onMeridian(site, start, seconds, declination);
    }
    IcrsDirection direction = new IcrsDirection(ra.radians(), declination);
    return tracking == Tracking.SIDEREAL && array.hasStartTime()
        ? new FieldCentre(direction, start)
        : FieldCentre.atTransit(site, start, seconds, direction);
  }

  private List<SkySource> sources(IcrsDirection centre) throws IOException {
    require(
        sky.catalog == null || sky.randomSources == null,
        "--catalog and --random-sources",
        "both tell the sources",
        "Give one of them");
    if (sky.randomSources != null) {
      int count = Checks.positive("--random-sources", sky.randomSources, 1);
      return RandomField.sources(seed, centre, sky.fieldRadius.radians(), count);
    }
    if (sky.catalog != null) {
      String text = TextFile.read(sky.catalog, global().hadoop());
      return catalog(SourceCatalog.parse(sky.catalog, text));
    }
    return List.of(source(centre));
  }

  private List<SkySource> catalog(List<SkySource> all) {
    require(
        sky.region == null || sky.region.length == 3,
        "--region",
        "it is no circle",
        "Write it as in 128.7deg,55.5deg,1deg");
    boolean everywhere = sky.region == null;
    List<SkySource> chosen =
        SourceCatalog.select(
            all,
            everywhere ? null : new IcrsDirection(sky.region[0].radians(), sky.region[1].radians()),
            everywhere ? 0 : sky.region[2].radians(),
            sky.minFluxMjy / 1000,
            sky.maxSources);
    require(
        !chosen.isEmpty(),
        "--catalog " + sky.catalog,
        "none of its " + all.size() + " sources is in the region and bright enough",
        "Widen --region or lower --min-flux-mjy");
    return chosen;
  }

  private SkySource source(IcrsDirection centre) {
    require(
        sky.offset == null || sky.offset.length == 2,
        "--source-offset",
        "it is no place",
        "Write it as in 10arcmin,-5arcmin");
    IcrsDirection direction =
        sky.offset == null
            ? centre
            : centre.at(Math.sin(sky.offset[0].radians()), Math.sin(sky.offset[1].radians()));
    boolean point = sky.model == Shape.POINT;
    double minor = (sky.minorSize != null ? sky.minorSize : sky.size).radians();
    require(
        point || minor <= sky.size.radians() && minor >= 0,
        "--source-minor-size",
        "it is wider than --source-size",
        "Exchange them and turn --source-pa by 90deg");
    return new SkySource(
        new SkyComponent(
            "S0",
            direction,
            Spectrum.powerLaw(sky.fluxJy, REFERENCE_HZ, sky.spectralIndex),
            sky.model,
            point ? 0 : sky.size.radians(),
            point ? 0 : minor,
            sky.positionAngle.radians()),
        LightCurve.STEADY);
  }

  private String place() {
    String named = output.length() > 1 ? output.replaceAll("/+$", "") : output;
    return Stores.isLocal(named)
        ? Stores.localPath(named).toAbsolutePath().normalize().toString()
        : named;
  }
}
