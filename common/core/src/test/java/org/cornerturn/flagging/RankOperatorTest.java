package org.cornerturn.flagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankOperatorTest {
  private static final byte MARK = 64;

  private static String extended(double eta, String line) {
    int n = line.length();
    byte[] bits = new byte[n];
    float[] present = new float[n];
    for (int i = 0; i < n; i++) {
      bits[i] = line.charAt(i) == 'x' ? WindowBits.RFI : 0;
      present[i] = line.charAt(i) == ' ' ? 0 : 1;
    }
    new RankOperator(eta, n).extend(bits, present, 0, 1, n, WindowBits.RFI, MARK);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < n; i++) {
      char before = line.charAt(i);
      out.append(before == '.' && bits[i] == MARK ? '+' : before);
      assertThat(bits[i]).isIn((byte) 0, MARK, WindowBits.RFI);
    }
    return out.toString();
  }

  @Test
  void fillsWhatIsMostlyFlagged() {
    assertThat(extended(0.2, "....x....")).isEqualTo("....x....");
    assertThat(extended(0.2, "..xxxx..")).isEqualTo(".+xxxx+.");
    assertThat(extended(0.2, "xx.xx.xxxx.....")).isEqualTo("xx+xx+xxxx+....");
    assertThat(extended(0.5, "x.x.....")).isEqualTo("x+x+....");
    assertThat(extended(0, "xxx.xxx")).isEqualTo("xxx.xxx");
  }

  @Test
  void passesOverWhatIsNotThere() {
    assertThat(extended(0.2, "..xx   xx..")).isEqualTo(".+xx   xx+.");
    assertThat(extended(0.2, "    ")).isEqualTo("    ");
  }

  @Property(tries = 300)
  void isWhatItsDefinitionSays(
      @ForAll @Size(min = 1, max = 40) boolean[] flagged, @ForAll @IntRange(max = 9) int tenths) {
    int n = flagged.length;
    byte[] bits = new byte[n];
    float[] present = new float[n];
    Arrays.fill(present, 1);
    boolean[] expected = new boolean[n];
    for (int i = 0; i < n; i++) {
      bits[i] = flagged[i] ? WindowBits.RFI : 0;
    }
    for (int from = 0; from < n; from++) {
      int count = 0;
      for (int past = from + 1; past <= n; past++) {
        count += flagged[past - 1] ? 1 : 0;
        if (10 * count >= (10 - tenths) * (past - from)) {
          Arrays.fill(expected, from, past, true);
        }
      }
    }
    new RankOperator(tenths / 10.0, n).extend(bits, present, 0, 1, n, WindowBits.RFI, MARK);
    for (int i = 0; i < n; i++) {
      assertThat(bits[i] != 0).as("sample %d", i).isEqualTo(expected[i]);
    }
  }

  @Test
  void goesAlongAnyLine() {
    byte[] bits = new byte[15]; // (5, 3)
    for (int i : new int[] {1, 4, 10, 13}) {
      bits[i] = WindowBits.RFI;
    }
    float[] present = new float[15];
    Arrays.fill(present, 1);
    new RankOperator(0.2, 5).extend(bits, present, 1, 3, 5, WindowBits.RFI, MARK);
    assertThat(bits[7]).isEqualTo(MARK);
    assertThat(bits[6]).isZero();
    assertThatThrownBy(() -> new RankOperator(1, 5)).isInstanceOf(IllegalArgumentException.class);
  }
}
