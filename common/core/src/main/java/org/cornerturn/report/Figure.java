package org.cornerturn.report;

/** A figure of a report. */
public sealed interface Figure permits BarChart, Picture, SkyFigure, ScatterPlot {
  /** HTML of it; texts in it are escaped. */
  String markup();
}
