package org.cornerturn.query.viewer;

import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Limits;

/**
 * What HDF Viewer allows at most.
 *
 * @param jsonElements elements of a window as JSON
 * @param elements elements of a window
 * @param side rows and columns of a matrix
 * @param exactPoints points of a line that is not thinned out
 * @param csvCells cells of an exported plane
 * @param csvPoints points of an exported line
 */
record Ceilings(
    Limit jsonElements,
    Limit elements,
    Limit side,
    Limit exactPoints,
    Limit csvCells,
    Limit csvPoints) {
  static final int HEATMAP_SIDE = 1024;
  static final int PREVIEW_SIDE = 512;
  static final int PREVIEW_CELLS = 200_000;
  static final int LINE_POINTS = 5000;

  static Ceilings of(Limits limits) {
    return new Ceilings(
        limits.declare("viewer_json_elements", 500_000, "elements", "elements of a window as JSON"),
        limits.declare("viewer_elements", 1_000_000, "elements", "elements of a binary window"),
        limits.declare("viewer_matrix_side", 2000, "elements", "rows, and columns, of a matrix"),
        limits.declare(
            "viewer_exact_points", 20_000, "elements", "points of a line that is not reduced"),
        limits.declare("viewer_csv_cells", 10_000_000, "elements", "cells of an exported plane"),
        limits.declare("viewer_csv_points", 5_000_000, "elements", "points of an exported line"));
  }
}
