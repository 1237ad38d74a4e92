package org.cornerturn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornerturn.report.BarChart.Bar;
import org.junit.jupiter.api.Test;

class BarChartTest {
  @Test
  void barsAreAsLongAsTheirValues() {
    BarChart chart = new BarChart("times", List.of(new Bar("a", 4, "4 s"), new Bar("b", 1, "1 s")));

    assertThat(chart.markup()).contains("width=\"460.0\"", "width=\"115.0\"", ">4 s<");
  }

  @Test
  void textsStayTexts() {
    String nasty = "<script>\"&";

    assertThat(new BarChart(nasty, List.of(new Bar(nasty, 0, nasty))).markup())
        .doesNotContain("<script")
        .contains("&lt;script&gt;&quot;&amp;", "width=\"0.0\"");
  }

  @Test
  void aLengthIsANumber() {
    assertThatThrownBy(() -> new Bar("a", Double.NaN, "")).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Bar("a", -1, "")).hasMessageContaining("-1");
  }
}
