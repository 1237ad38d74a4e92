package org.cornerturn.query.calibration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.query.calibration.CalibrationTables.Rows;
import org.cornerturn.query.http.Json;

/** The measured quality of a set of gains as one report: a grade, why, and the numbers. */
final class QualityReport {
  private final String solutions;
  private final Rows quality;

  QualityReport(String solutions, Rows quality) {
    this.solutions = solutions;
    this.quality = quality;
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("entity_id", solutions).put("entity_type", "calibration");
    List<String> warnings = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    ObjectNode metrics = Json.object();
    ArrayNode all = Json.mapper().createArrayNode();
    for (Object[] row : quality.all()) {
      String finding = quality.text(row, "finding");
      String grade = grade(finding);
      if ("warn".equals(grade)) {
        warnings.add(words(row));
      } else if ("fail".equals(grade)) {
        failures.add(words(row));
      }
      if (quality.text(row, "term") == null && quality.text(row, "antenna") == null) {
        metrics.set(quality.text(row, "metric"), Json.node(quality.number(row, "value")));
      }
      ObjectNode one = all.addObject();
      for (String column : List.of("measurement_set", "term", "antenna", "metric")) {
        one.put(column, quality.text(row, column));
      }
      one.set("value", Json.node(quality.number(row, "value")));
      one.put("unit", quality.text(row, "unit")).put("grade", grade).put("finding", finding);
    }
    boolean isGood = warnings.isEmpty() && failures.isEmpty();
    node.put("qa_grade", !failures.isEmpty() ? "fail" : isGood ? "good" : "warn");
    node.put(
        "qa_summary",
        isGood
            ? quality.all().size() + " numbers, none beyond its limits"
            : failures.size() + " beyond limits, " + warnings.size() + " near them");
    node.set("metrics", metrics);
    node.set("warnings", Json.node(warnings));
    node.set("flags", Json.node(failures));
    node.set("numbers", all);
    return node;
  }

  /** What a finding begins with: {@code warn} or {@code fail}; null where nothing was found. */
  private static String grade(String finding) {
    if (finding == null) {
      return null;
    }
    return finding.startsWith("fail") ? "fail" : "warn";
  }

  private String words(Object[] row) {
    StringBuilder words = new StringBuilder();
    for (String column : List.of("measurement_set", "term", "antenna", "metric")) {
      String text = quality.text(row, column);
      if (text != null) {
        words.append(words.isEmpty() ? "" : " ").append(text);
      }
    }
    String unit = quality.text(row, "unit");
    return words
        + String.format(Locale.ROOT, " = %.4g", quality.number(row, "value"))
        + (unit == null ? "" : " " + unit)
        + "; "
        + quality.text(row, "finding").replaceFirst("^(warn|fail):\\s*", "");
  }
}
