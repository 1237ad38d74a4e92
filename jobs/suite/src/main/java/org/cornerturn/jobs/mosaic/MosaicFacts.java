package org.cornerturn.jobs.mosaic;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.jobs.image.Findings;
import org.cornerturn.storage.ObjectStore;

/**
 * What was measured of a mosaic.
 *
 * @param quality of its image
 * @param overSigma of the image over the sigma map
 * @param sigma median of the sigma map, Jy/beam
 * @param tileSigma median of the tiles' noise, Jy/beam
 * @param covered part of the pixels that show any tile
 * @param used tiles that count
 * @param check beside a catalogue; null for none
 */
record MosaicFacts(
    ImageQuality quality,
    ImageQuality overSigma,
    double sigma,
    double tileSigma,
    double covered,
    int used,
    CatalogCheck check) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LEAST_RANGE = 5;

  /** Noise of the image over what the sigma map says: 1 where that is right. */
  double noiseRatio() {
    return overSigma.rms();
  }

  /** A line for each fault, beginning with {@code fail:} or {@code warn:}. */
  List<String> findings() {
    List<String> all = new ArrayList<>();
    if (!(covered > 0)) {
      return List.of("fail: blank");
    }
    if (!(quality.dynamicRange() >= LEAST_RANGE)) {
      all.add(String.format(Locale.ROOT, "fail: dynamic range of %.1f", quality.dynamicRange()));
    }
    double off = Math.abs(noiseRatio() - 1);
    if (!(off <= 0.1)) {
      all.add(
          String.format(
              Locale.ROOT,
              "%s: noise is %.2f of what the sigma map says",
              off <= 0.25 ? "warn" : "fail",
              noiseRatio()));
    }
    all.addAll(Findings.artefacts(overSigma));
    all.addAll(Findings.of(check));
    return all;
  }

  void put(ObjectStore store, String key) throws IOException {
    store.put(key, JSON.writeValueAsBytes(this));
  }

  static MosaicFacts get(ObjectStore store, String key) throws IOException {
    return JSON.readValue(store.get(key), MosaicFacts.class);
  }
}
