package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.cornerturn.deconvolution.Deconvolution;
import org.cornerturn.imagequality.CatalogCheck;
import org.cornerturn.imagequality.ImageQuality;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.storage.ObjectStore;

/**
 * What is known of an image.
 *
 * @param samples (row, channel) that were gridded
 * @param weight sum of imaging weights; 0 where there are no data
 * @param thermalJy noise expected of the receivers, Jy/beam; NaN where the weights don't say
 * @param beam clean beam; null for none
 * @param cycles minor cycles
 * @param quality of the image; null until it is made
 * @param check of the image beside a catalogue; null for none
 */
record Facts(
    long samples,
    double weight,
    double thermalJy,
    GaussianBeam beam,
    List<Deconvolution.Outcome> cycles,
    ImageQuality quality,
    CatalogCheck check) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Facts {
    cycles = List.copyOf(cycles);
  }

  Facts with(List<Deconvolution.Outcome> all) {
    return new Facts(samples, weight, thermalJy, beam, all, quality, check);
  }

  Facts with(ImageQuality measured, CatalogCheck beside) {
    return new Facts(samples, weight, thermalJy, beam, cycles, measured, beside);
  }

  int iterations() {
    return cycles.stream().mapToInt(Deconvolution.Outcome::iterations).sum();
  }

  void put(ObjectStore store, String key) throws IOException {
    store.put(key, JSON.writeValueAsBytes(this));
  }

  static Facts get(ObjectStore store, String key) throws IOException {
    return JSON.readValue(store.get(key), Facts.class);
  }
}
