package org.cornerturn.jobs.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.jobs.Angle;
import org.cornerturn.jobs.Directions;
import org.cornerturn.jobs.calibrator.CalibratorRegistry;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.jobs.simulate.SourceCatalog;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.sky.BeamImage;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.Spectrum;
import org.cornerturn.sky.WscleanComponents;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** Makes a {@link SkyModel} of what the user has named. */
public final class ModelSources {
  static final double STANDARD_HZ = 1.4e9;
  private static final String FORMS =
      "Write calibrator[:NAME], point:JY[,INDEX], components:FILE, catalog:TABLE, image:FITS or"
          + " group:NAME";

  /** Pixels of an image that take less time one by one. */
  private static final int FEW_POINTS = 200;

  private final ModelChoice choice;
  private final Map<String, String> hadoop;
  private final String warehouse;

  /**
   * @param warehouse of the registry of calibrators; null for none
   */
  public ModelSources(ModelChoice choice, Map<String, String> hadoop, String warehouse) {
    this.choice = choice;
    this.hadoop = hadoop;
    this.warehouse = warehouse;
  }

  /**
   * The model for a measurement set.
   *
   * @throws UserError when there is no such model, or it has no flux
   */
  public SkyModel of(OpenSet set, PhaseTrack track) throws IOException {
    BeamChoice antennas = new BeamChoice(choice.beam());
    BeamImage pattern = antennas.pattern(hadoop);
    Beam beam = pattern == null ? antennas.beam(set.reader(), choice.isCalibrator()) : Beam.NONE;
    double dish = beam == Beam.NONE ? 0 : antennas.dish(set.reader());
    String uri = choice.rest(ModelChoice.IMAGE);
    if (uri != null) {
      return image(uri, new SkyModel(List.of(), beam, dish, pattern, null, null, null));
    }
    String group = choice.rest(ModelChoice.GROUP);
    if (group != null) {
      InputVersion version = new OpenSet(set.uri(), set.reader().group(group)).version();
      return new SkyModel(List.of(), Beam.NONE, 0, null, null, group, version.version());
    }
    SkyModel bare = new SkyModel(List.of(), beam, dish, pattern, null, null, null);
    SkyModel model = bare.with(components(set, track, bare));
    if (model.components().stream().allMatch(c -> c.spectrum().fluxJy() == 0)) {
      throw noFlux();
    }
    return model;
  }

  private UserError noFlux() {
    return new UserError(
        "--model " + choice.model(), "it has no flux", "Name a model with sources in it");
  }

  /** Few points are summed up exactly; else the image is degridded. */
  private SkyModel image(String uri, SkyModel bare) throws IOException {
    SkyImage image = SkyImage.of(uri, hadoop);
    if (image.points() == 0) {
      throw noFlux();
    }
    if (image.points() <= FEW_POINTS && image.frequencyHz().length == 1) {
      return bare.with(image.components(FitsFile.folder(uri, hadoop)));
    }
    return bare.with(image);
  }

  private List<SkyComponent> components(OpenSet set, PhaseTrack track, SkyModel bare)
      throws IOException {
    int colon = choice.model().indexOf(':');
    String kind = colon < 0 ? choice.model() : choice.model().substring(0, colon);
    String rest = colon < 0 ? "" : choice.model().substring(colon + 1);
    if (kind.equals(ModelChoice.CALIBRATOR)) {
      return List.of(calibrator(set, track, rest, bare));
    }
    if (rest.isEmpty()) {
      throw new UserError("--model " + choice.model(), "it names no model", FORMS);
    }
    return switch (kind) {
      case "point" -> List.of(point(rest, centre(track)));
      case "components" -> listed(rest);
      case "catalog" ->
          new CatalogSources(rest, choice.index(), hadoop)
              .around(middle(track), radius(), choice.minFluxJy());
      default -> throw new UserError("--model " + choice.model(), "no such model", FORMS);
    };
  }

  private SkyComponent calibrator(OpenSet set, PhaseTrack track, String name, SkyModel bare)
      throws IOException {
    double[] hertz = set.reader().frequenciesHz();
    double middle = (hertz[0] + hertz[hertz.length - 1]) / 2;
    return new FieldCalibrator(
            CalibratorRegistry.active(warehouse, hadoop),
            angle -> bare.power(new double[] {Math.sin(angle), 0, Math.cos(angle)}, middle),
            middle,
            radius())
        .in(track, name, set.folder());
  }

  private SkyComponent point(String text, IcrsDirection centre) {
    String[] parts = text.split(",", -1);
    try {
      double flux = Double.parseDouble(parts[0]);
      double index = parts.length > 1 ? Double.parseDouble(parts[1]) : 0;
      if (parts.length <= 2 && Double.isFinite(flux) && Double.isFinite(index)) {
        return SkyComponent.point("point", centre, Spectrum.powerLaw(flux, STANDARD_HZ, index));
      }
    } catch (NumberFormatException e) {
      throw new UserError("--model " + choice.model(), "its flux is no number", FORMS, e);
    }
    throw new UserError("--model " + choice.model(), "it is no flux and index", FORMS);
  }

  private List<SkyComponent> listed(String uri) throws IOException {
    int slash = uri.lastIndexOf('/');
    String text;
    try {
      ObjectStore folder = Stores.open(slash <= 0 ? "/" : uri.substring(0, slash), hadoop);
      text = new String(folder.get(uri.substring(slash + 1)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UserError(uri, "there is no such file", "Name one that there is", e);
    }
    List<SkyComponent> all =
        WscleanComponents.isOne(text) ? wsclean(uri, text) : SourceCatalog.components(uri, text);
    if (all.isEmpty()) {
      throw new UserError(uri, "it lists no sources", "Name a file with some");
    }
    return all;
  }

  private static List<SkyComponent> wsclean(String uri, String text) {
    try {
      return WscleanComponents.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UserError(uri, e.getMessage(), "Mend this component list of WSClean", e);
    }
  }

  /** Where a point is: as told, else the one phase centre there is. */
  private IcrsDirection centre(PhaseTrack track) {
    if (choice.centre() == null && !track.isFixed()) {
      throw new UserError(
          "--model " + choice.model(),
          "the set is phased to many directions, so a point has no place of its own",
          "Say where it is with --center RA,DEC");
    }
    return middle(track);
  }

  private IcrsDirection middle(PhaseTrack track) {
    return choice.centre() == null ? track.middle() : Directions.parse("--center", choice.centre());
  }

  private double radius() {
    try {
      return Angle.parse(choice.radius()).radians();
    } catch (IllegalArgumentException e) {
      throw new UserError("--radius " + choice.radius(), e.getMessage(), "Write 1.5deg", e);
    }
  }
}
