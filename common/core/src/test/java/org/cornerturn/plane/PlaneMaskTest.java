package org.cornerturn.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlaneMaskTest {
  @Test
  void comesFromAPlaneAndBack() {
    float[] plane = {0, 1, Float.NaN, 0, -2, 0};
    PlaneMask mask = PlaneMask.of(plane, 3, 2);
    assertThat(mask.plane()).containsExactly(0, 1, 0, 0, 1, 0);
    assertThat(mask.contains(1, 0)).isTrue();
    assertThat(mask.contains(2, 0)).isFalse();
    assertThat(mask.contains(-1, 1)).isFalse();
    assertThat(mask.count()).isEqualTo(2);
  }

  @Test
  void runsEndWithTheirRow() {
    PlaneMask mask = PlaneMask.none(5, 3);
    mask.addRow(0, 3, 9);
    mask.addRow(1, -4, 2);
    mask.addRow(7, 0, 5);
    assertThat(mask.runStart(0, 0)).isEqualTo(3);
    assertThat(mask.runEnd(0, 3)).isEqualTo(5);
    assertThat(mask.runStart(0, 5)).isEqualTo(5);
    assertThat(mask.runStart(1, 0)).isZero();
    assertThat(mask.runEnd(1, 0)).isEqualTo(2);
    assertThat(mask.runStart(1, 2)).isEqualTo(5);
    assertThat(mask.runStart(2, 0)).isEqualTo(5);
    assertThat(mask.count()).isEqualTo(4);
  }

  @Test
  void growsAndErodes() {
    PlaneMask mask = PlaneMask.none(9, 9);
    mask.add(4, 4);
    PlaneMask disk = mask.grown(2);
    assertThat(disk.count()).isEqualTo(13);
    assertThat(disk.contains(6, 4)).isTrue();
    assertThat(disk.contains(6, 5)).isFalse();
    assertThat(disk.eroded(2)).isEqualTo(mask);
    PlaneMask corner = PlaneMask.none(9, 9);
    corner.add(0, 0);
    assertThat(corner.grown(1).count()).isEqualTo(3);
    assertThat(PlaneMask.inside(9, 9, 0).eroded(3)).isEqualTo(PlaneMask.inside(9, 9, 0));
  }

  @Test
  void setsCombine() {
    PlaneMask a = PlaneMask.inside(6, 6, 1);
    PlaneMask b = PlaneMask.inside(6, 6, 2);
    assertThat(a.count()).isEqualTo(16);
    assertThat(a.and(b)).isEqualTo(b);
    assertThat(a.or(b)).isEqualTo(a);
    assertThat(a.without(b).count()).isEqualTo(12);
    assertThat(PlaneMask.inside(6, 6, 3).isEmpty()).isTrue();
    assertThatThrownBy(() -> a.and(PlaneMask.none(5, 6)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
