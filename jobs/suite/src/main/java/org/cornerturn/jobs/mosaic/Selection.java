package org.cornerturn.jobs.mosaic;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.mosaic.Interpolation;

/**
 * Which images count, and how they are placed.
 *
 * @param tier that says what isn't told; never {@link Tier#AUTO}
 * @param most images: the latest
 * @param sigmaJy images of more noise don't count, Jy/beam
 */
record Selection(Tier tier, int most, double sigmaJy, Interpolation interpolation)
    implements Serializable {

  /** What the parameters say, of these images. */
  static Selection of(MosaicParameters.Quality asked, List<Tile> tiles) {
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    for (Tile tile : tiles) {
      if (asked.tier() == Tier.AUTO && Double.isNaN(tile.unix())) {
        throw new UserError(
            tile.source().uri(),
            "it doesn't say when it was observed, from which --tier auto follows",
            "Name the tier, or write DATE-OBS into its header");
      }
      first = Math.min(first, tile.unix());
      last = Math.max(last, tile.unix());
    }
    Tier tier = asked.tier().over(last - first);
    return new Selection(
        tier,
        asked.most() == null ? tier.most() : asked.most(),
        asked.sigmaJy() == null ? tier.sigmaJy() : asked.sigmaJy(),
        asked.interpolation() == null ? tier.interpolation() : asked.interpolation());
  }

  /** The latest of the images, in their order; those of unknown times go first. */
  List<Tile> latest(List<Tile> tiles) {
    if (tiles.size() <= most) {
      return tiles;
    }
    List<Tile> byTime = new ArrayList<>(tiles);
    byTime.sort(
        Comparator.comparingDouble(
            (Tile t) -> Double.isNaN(t.unix()) ? Double.NEGATIVE_INFINITY : t.unix()));
    List<Tile> kept = byTime.subList(byTime.size() - most, byTime.size());
    return tiles.stream().filter(kept::contains).toList();
  }

  boolean counts(double sigma) {
    return sigma <= sigmaJy;
  }
}
