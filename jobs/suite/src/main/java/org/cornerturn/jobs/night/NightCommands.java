package org.cornerturn.jobs.night;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.measurementset.Msv4Layout;

/** The command lines of a night's stages, and where their products go. */
final class NightCommands {
  private static final String IMAGE = ".image.zarr";
  private static final String GAINS = ".cal.zarr";
  private static final String SELFCAL = ".selfcal";

  private final NightParameters parameters;

  NightCommands(NightParameters parameters) {
    this.parameters = parameters;
  }

  /** Folder of the processing sets. */
  String sets() {
    return parameters.output() + "/visibilities";
  }

  /** Where the first version of an observation's processing set is. */
  String set(String name) {
    return sets() + "/" + name + Msv4Layout.SUFFIX;
  }

  String image(Tile tile) {
    return parameters.output() + "/images/" + tile.name() + IMAGE;
  }

  private String gains(Tile tile) {
    return parameters.output() + "/gains/" + tile.name() + GAINS;
  }

  private String mosaic() {
    return parameters.output() + "/mosaics/" + parameters.name() + IMAGE;
  }

  /** Where the report of the night goes. */
  String report() {
    return parameters.output() + "/reports/" + parameters.name() + ".html";
  }

  /** What a stage makes, as far as it is a product of its own; null for none. */
  String product(Stage stage, Tile tile) {
    return switch (stage) {
      case CONVERT -> tile.set();
      case CALIBRATE -> gains(tile);
      case IMAGE -> image(tile);
      case MOSAIC -> mosaic();
      default -> null;
    };
  }

  /**
   * The command of a stage for an observation.
   *
   * @param again whether an answer to another question may stand in the place of its product
   */
  List<String> ofObservation(Stage stage, Tile tile, boolean again) {
    List<String> words = new ArrayList<>(List.of(stage.word()));
    switch (stage) {
      case FLAG -> words.add(tile.set());
      case CALIBRATE -> words.addAll(List.of(tile.set(), gains(tile)));
      case APPLY -> {
        words.add(tile.set());
        if (!options(stage).contains("--from")) {
          words.addAll(List.of("--from", "auto"));
        }
      }
      case SELFCAL ->
          words.addAll(
              List.of(tile.set(), parameters.output() + "/selfcal/" + tile.name() + SELFCAL));
      case IMAGE -> {
        words.addAll(List.of(tile.set(), image(tile)));
        if (tile.isCorrected() && !options(stage).contains("--data-group")) {
          words.addAll(List.of("--data-group", "corrected"));
        }
      }
      case FIND_SOURCES -> words.add(image(tile));
      default -> throw new IllegalArgumentException(stage + " has no command of an observation");
    }
    words.addAll(options(stage));
    if (again && (stage == Stage.CALIBRATE || stage == Stage.APPLY || stage == Stage.IMAGE)) {
      words.add("--overwrite");
    }
    return words;
  }

  /** The command of a stage for the night. */
  List<String> ofNight(Stage stage, List<Tile> tiles, boolean again) {
    List<String> words = new ArrayList<>(List.of(stage.word()));
    List<String> images = tiles.stream().map(this::image).toList();
    switch (stage) {
      case MOSAIC -> {
        words.addAll(images);
        words.add(mosaic());
      }
      case PHOTOMETRY -> words.addAll(images);
      case CROSSMATCH -> {
        words.addAll(List.of("sources", "catalog_sources", "--name", parameters.name()));
        if (!options(stage).contains("--radius")) {
          words.addAll(List.of("--radius", "10arcsec"));
        }
      }
      case ASSOCIATE, VARIABILITY -> {
        // Their tables are in the warehouse.
      }
      default -> throw new IllegalArgumentException(stage + " has no command of a night");
    }
    words.addAll(options(stage));
    if (again && (stage == Stage.MOSAIC || stage == Stage.CROSSMATCH)) {
      words.add("--overwrite");
    }
    return words;
  }

  private List<String> options(Stage stage) {
    return parameters.settings(stage).options();
  }
}
