package org.cornerturn.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cornerturn.zarr.Multiscales.Axis;
import org.cornerturn.zarr.Multiscales.Level;
import org.junit.jupiter.api.Test;

class MultiscalesTest {
  private static final List<Level> LEVELS =
      List.of(new Level("0", List.of(1L, 1L)), new Level("1", List.of(2L, 4L)));

  private static final List<Axis> AXES =
      List.of(
          new Axis("y", "space", "micrometer", 0.5, 10),
          new Axis("x", "space", "micrometer", 0.25, 0));

  private static Object json(String text) throws ZarrException {
    return Json.parse("test", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void omeScalesAndShiftsEachLevelByItsBins() throws Exception {
    assertThat(Json.parse("x", Json.bytes(Multiscales.ome("img", AXES, LEVELS, "mean"))))
        .isEqualTo(
            json(
                """
                {'version': '0.5', 'multiscales': [{'name': 'img',
                  'axes': [{'name': 'y', 'type': 'space', 'unit': 'micrometer'},
                           {'name': 'x', 'type': 'space', 'unit': 'micrometer'}],
                  'datasets': [
                    {'path': '0', 'coordinateTransformations': [
                      {'type': 'scale', 'scale': [0.5, 0.25]},
                      {'type': 'translation', 'translation': [10.0, 0.0]}]},
                    {'path': '1', 'coordinateTransformations': [
                      {'type': 'scale', 'scale': [1.0, 1.0]},
                      {'type': 'translation', 'translation': [10.25, 0.375]}]}],
                  'type': 'mean'}]}"""));
  }

  @Test
  void conventionsDeriveEachLevelFromTheOneBefore() throws Exception {
    List<Level> levels =
        List.of(
            new Level("0", List.of(1L)), new Level("1", List.of(4L)), new Level("2", List.of(16L)));
    var o = Json.parse("x", Json.bytes(Multiscales.conventions(levels, "minmax")));
    assertThat(o.at("/zarr_conventions/0/uuid").textValue())
        .isEqualTo("d35379db-88df-4056-af3a-620245f8e347");
    assertThat(o.get("multiscales"))
        .isEqualTo(
            json(
                """
                {'layout': [
                  {'asset': '0', 'transform': {'scale': [1.0]}},
                  {'asset': '1', 'derived_from': '0',
                   'transform': {'scale': [4.0], 'translation': [1.5]},
                   'resampling_method': 'minmax'},
                  {'asset': '2', 'derived_from': '1',
                   'transform': {'scale': [4.0], 'translation': [1.5]},
                   'resampling_method': 'minmax'}],
                 'resampling_method': 'minmax'}"""));
  }

  @Test
  void whatTheSpecificationsForbidIsRefused() {
    Axis t = new Axis("t", "time", "second", 1, 0);
    Axis c = new Axis("c", "channel", null, 1, 0);
    Axis y = AXES.get(0);
    Axis x = AXES.get(1);
    List<Level> three = List.of(new Level("0", List.of(1L, 1L, 1L)));
    Multiscales.ome("n", List.of(t, y, x), three, "mean");
    Multiscales.ome("n", List.of(c, y, x), three, "mean");
    for (List<Axis> axes :
        List.of(
            List.of(y, x, t),
            List.of(t, t, x),
            List.of(t, c, x),
            List.of(y, t, x),
            List.of(y, y, t),
            List.of(y, y, x))) {
      assertThatThrownBy(() -> Multiscales.ome("n", axes, three, "mean"))
          .as("%s", axes)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Multiscales.ome("n", AXES, three, "mean"))
        .hasMessageContaining("factors");
    assertThatThrownBy(() -> Multiscales.ome("n", AXES, List.of(), "mean"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Level("../x", List.of(1L))).hasMessageContaining("group");
    assertThatThrownBy(
            () ->
                Multiscales.conventions(
                    List.of(new Level("0", List.of(2L)), new Level("1", List.of(3L))), "mean"))
        .hasMessageContaining("multiple");
  }
}
