package org.cornerturn.jobs.image;

/** Writes the report on all images. */
record ReportTask(String id, Imaging imaging, int wave, long inputBytes, long peakBytes)
    implements ImageTask {
  /** Key of the report. */
  static final String KEY = "report.html";

  /** Images that are shown in it; of others there are numbers. */
  static final int MOST_SHOWN = 6;

  /** Images that are told of in it. */
  static final int MOST_TOLD = 2000;
}
