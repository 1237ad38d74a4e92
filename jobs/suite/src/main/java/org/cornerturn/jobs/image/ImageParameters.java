package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import org.cornerturn.crew.Crew;
import org.cornerturn.deconvolution.CleanSettings;
import org.cornerturn.deconvolution.SpectralFit;
import org.cornerturn.imaging.Precision;
import org.cornerturn.imaging.UvWeights;

/**
 * The question that an image answers.
 *
 * @param product URI of the processing set
 * @param output URI of the image
 * @param name with which its FITS files begin
 * @param dataGroup that is imaged; null for the usual one
 * @param weights of visibilities
 * @param clean how it is cleaned; without iterations it is not
 * @param majorCycles at most
 */
record ImageParameters(
    String product,
    String output,
    String name,
    String dataGroup,
    Field field,
    UvWeights weights,
    CleanSettings clean,
    int majorCycles,
    Axes axes,
    Antennas antennas,
    Masks masks,
    Gridding gridding,
    CatalogOptions.Check check)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Which sky is shown.
   *
   * @param width pixels; 0 for what the antennas see
   * @param height pixels
   * @param pixelRad side of a pixel; 0 for a part of the beam
   * @param coarser factor on a pixel's side where it is the beam's
   * @param centre direction of the middle, RA,DEC with units; null for the phase centre
   */
  record Field(int width, int height, double pixelRad, double coarser, String centre)
      implements Serializable {}

  /**
   * How many images there are.
   *
   * @param polarizations names
   * @param channels along frequency
   * @param joined whether components are looked for in all channels together
   * @param fit of components in joined channels
   * @param terms of the fit
   * @param intervals along time
   */
  record Axes(
      List<String> polarizations,
      int channels,
      boolean joined,
      SpectralFit.Form fit,
      int terms,
      int intervals)
      implements Serializable {
    Axes {
      polarizations = List.copyOf(polarizations);
    }
  }

  /**
   * Beams of the antennas.
   *
   * @param beam as it is written; null for that of the dishes
   * @param limit below which the corrected image is blank
   */
  record Antennas(String beam, double limit) implements Serializable {}

  /**
   * Where components may be; null for no such mask.
   *
   * @param fits URI of an image
   * @param regions URI of DS9's regions
   * @param catalog URI of a table of sources
   * @param radiusRad of the circles about them
   * @param minFluxJy fainter ones have none
   */
  record Masks(String fits, String regions, String catalog, double radiusRad, double minFluxJy)
      implements Serializable {}

  /**
   * How it is gridded.
   *
   * @param parts in which visibilities of an image are gridded; 0 for as many as they need
   * @param facets along either axis in which an image is gridded; 0 for as few as memory allows
   * @param psf whether the point spread function is made where nothing is cleaned
   * @param threads of a task; 0 for two where there are few tasks: no part of the question
   */
  record Gridding(
      double accuracy, Precision precision, int parts, int facets, boolean psf, int threads)
      implements Serializable {
    /** Threads of a task where nothing is said of them. */
    private static final int USUAL = 2;

    /**
     * The threads of a task.
     *
     * @param peers tasks that can be at work at a time, this one counted
     */
    Crew crew(int peers) {
      return Crew.of(threads(peers, Runtime.getRuntime().availableProcessors()));
    }

    int threads(int peers, int processors) {
      if (threads > 0) {
        return threads;
      }
      // Of twice as many tasks as processors some are always at work.
      return peers < 2 * processors ? Math.min(USUAL, processors) : 1;
    }

    /** At most. */
    int mostThreads() {
      return threads > 0 ? threads : USUAL;
    }

    Gridding asked() {
      return new Gridding(accuracy, precision, parts, facets, psf, 0);
    }
  }

  /** Whether there is a point spread function. */
  boolean hasPsf() {
    return gridding.psf() || cleans();
  }

  /** Whether it is cleaned. */
  boolean cleans() {
    return clean.iterations() > 0 && majorCycles > 0;
  }

  /** The same of this data group. */
  ImageParameters withGroup(String group) {
    return new ImageParameters(
        product,
        output,
        name,
        group,
        field,
        weights,
        clean,
        majorCycles,
        axes,
        antennas,
        masks,
        gridding,
        check);
  }

  /** The same with its answer elsewhere. */
  ImageParameters into(String uri) {
    return new ImageParameters(
        product,
        uri,
        name,
        dataGroup,
        field,
        weights,
        clean,
        majorCycles,
        axes,
        antennas,
        masks,
        gridding,
        check);
  }

  /** The question alone: nothing of where its answer goes and who works at it. */
  ImageParameters asked() {
    return new ImageParameters(
        product,
        null,
        name,
        dataGroup,
        field,
        weights,
        clean,
        majorCycles,
        axes,
        antennas,
        masks,
        gridding.asked(),
        check);
  }

  ObjectNode toJson() {
    return JSON.valueToTree(this);
  }

  static ImageParameters of(ObjectNode json) {
    return JSON.convertValue(json, ImageParameters.class);
  }
}
