package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Attributes that tell readers of the levels of a pyramid. */
public final class Multiscales {
  private Multiscales() {}

  /**
   * An axis of the full-resolution level.
   *
   * @param name as in the arrays' dimension names
   * @param kind {@code space}, {@code time}, {@code channel}, or another word
   * @param unit UDUNITS name, or null
   * @param spacing distance of two samples
   * @param origin coordinate of the first sample
   */
  public record Axis(String name, String kind, String unit, double spacing, double origin) {}

  /**
   * A level of a pyramid.
   *
   * @param path of its array, relative to the group
   * @param factor samples of full resolution in one of this level, per axis
   */
  public record Level(String path, List<Long> factor) {}

  /**
   * The attribute {@code ome} of an OME-NGFF 0.5 image.
   *
   * @param name of the image
   * @param method of downsampling, such as {@code mean}
   * @throws IllegalArgumentException for axes that OME-NGFF forbids
   */
  public static ObjectNode ome(String name, List<Axis> axes, List<Level> levels, String method) {
    throw new UnsupportedOperationException();
  }

  /**
   * The attributes {@code zarr_conventions} and {@code multiscales} of the zarr-conventions suite.
   *
   * @param method of downsampling, such as {@code minmax}
   */
  public static ObjectNode conventions(List<Level> levels, String method) {
    throw new UnsupportedOperationException();
  }
}
