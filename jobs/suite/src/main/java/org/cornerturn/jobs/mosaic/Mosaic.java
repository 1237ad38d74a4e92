package org.cornerturn.jobs.mosaic;

import java.util.List;
import java.util.Locale;
import org.cornerturn.SharedByTasks;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.skyimage.SkyImageLayout;

/**
 * What all tasks of a mosaic know.
 *
 * @param name with which its files begin
 * @param beam of the mosaic: the common one, or that of the middle of the tiles by size
 * @param beamSpread largest over smallest area of the tiles' beams
 * @param catalog sources that it is held beside; empty for none
 */
record Mosaic(
    MosaicParameters parameters,
    String name,
    List<Tile> tiles,
    IcrsDirection centre,
    int width,
    int height,
    double pixelRad,
    GaussianBeam beam,
    double beamSpread,
    Selection selection,
    List<SkyComponent> catalog)
    implements SharedByTasks {
  /** Folder of what tasks leave for each other, in the product; removed once it is published. */
  static final String PARTS = "_cornerturn/parts";

  /** Folder of what is known. */
  static final String FACTS = "_cornerturn/facts";

  /** Pixels along a side of a stored object, and so of what a task blends. */
  static final int SHARD = 2048;

  Mosaic {
    tiles = List.copyOf(tiles);
    catalog = List.copyOf(catalog);
  }

  /** Key of the tile that was smoothed. */
  static String smoothed(int tile) {
    return String.format(Locale.ROOT, "%s/tile-%04d", PARTS, tile);
  }

  /** Key of what was measured of a tile. */
  static String facts(int tile) {
    return String.format(Locale.ROOT, "%s/tile-%04d.json", FACTS, tile);
  }

  /** Key of what was measured of the mosaic. */
  static String facts() {
    return FACTS + "/mosaic.json";
  }

  /** Key of the peaks and sources of the mosaic. */
  static String seen() {
    return FACTS + "/mosaic-sources.json";
  }

  boolean smooths() {
    return parameters.smoothing() == MosaicParameters.Smoothing.COMMON;
  }

  /** Clean beam that a tile is blended with. */
  GaussianBeam beam(Tile tile) {
    return smooths() ? beam : tile.beam();
  }

  /** Seconds since 1970 of the first tile, or the last one; NaN where none tells. */
  double unix(boolean last) {
    double[] times =
        tiles.stream().mapToDouble(Tile::unix).filter(Double::isFinite).sorted().toArray();
    return times.length == 0 ? Double.NaN : times[last ? times.length - 1 : 0];
  }

  double hertz() {
    return tiles.stream().mapToDouble(Tile::hertz).average().orElseThrow();
  }

  /** Width of the widest band; 1 Hz where none is known. */
  double bandHz() {
    return tiles.stream().mapToDouble(Tile::bandHz).filter(Double::isFinite).max().orElse(1);
  }

  /** The arrays. */
  SkyImageLayout layout() {
    double first = unix(false);
    double middle = Double.isNaN(first) ? 0 : (first + unix(true)) / 2;
    return new SkyImageLayout(
        centre,
        width,
        height,
        pixelRad,
        List.of(SkyImageLayout.mjd(middle)),
        List.of(hertz()),
        List.of(bandHz()),
        List.of(tiles.get(0).polarization().name()),
        SHARD);
  }
}
