package org.cornerturn.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornerturn.radio.Polarization.LL;
import static org.cornerturn.radio.Polarization.LR;
import static org.cornerturn.radio.Polarization.RL;
import static org.cornerturn.radio.Polarization.RR;
import static org.cornerturn.radio.Polarization.XX;
import static org.cornerturn.radio.Polarization.XY;
import static org.cornerturn.radio.Polarization.YX;
import static org.cornerturn.radio.Polarization.YY;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolarizationTest {
  private static List<Polarization> casaOrder(int... codes) {
    return IntStream.of(codes)
        .mapToObj(c -> Polarization.ofAips(c).orElseThrow())
        .sorted(Polarization.CASA_ORDER)
        .toList();
  }

  @Test
  void aipsOrderBecomesCasas() {
    assertThat(casaOrder(-5, -6, -7, -8)).containsExactly(XX, XY, YX, YY);
    assertThat(casaOrder(-1, -2, -3, -4)).containsExactly(RR, RL, LR, LL);
    assertThat(casaOrder(1, 2, 3, 4))
        .containsExactly(Polarization.I, Polarization.Q, Polarization.U, Polarization.V);
  }

  @Test
  void everyCodeIsItsOwn() {
    for (Polarization p : Polarization.values()) {
      assertThat(Polarization.ofAips(p.aipsCode())).contains(p);
      assertThat(p.exchanged().exchanged()).isEqualTo(p);
    }
    assertThat(Polarization.ofAips(0)).isEmpty();
    assertThat(Polarization.ofAips(-9)).isEmpty();
  }

  @Test
  void antennasThatChangePlacesChangeTheirFeeds() {
    for (Polarization p : List.of(RR, RL, LR, LL, XX, XY, YX, YY)) {
      assertThat(p.exchanged().feeds()).containsExactly(p.feeds().get(1), p.feeds().get(0));
    }
    assertThat(Polarization.Q.feeds()).isEmpty();
  }
}
