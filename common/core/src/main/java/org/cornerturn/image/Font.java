package org.cornerturn.image;

/**
 * A small dot font of ASCII's letters, digits and signs, so that pictures need no font of the
 * system. A glyph is 7 rows of 5 dots and 2 below the line, packed from the top left dot down to
 * the bottom right one.
 */
final class Font {
  static final int WIDTH = 5;
  static final int HEIGHT = 9;

  /** Dots from one character to the next. */
  static final int ADVANCE = 6;

  private static final int ROW = (1 << WIDTH) - 1;
  private static final long[] GLYPHS = new long[128];

  static {
    put(' ', 0x000000000000L);
    put('!', 0x042108401000L);
    put('"', 0x0a5000000000L);
    put('#', 0x0a57d5f52800L);
    put('%', 0x19d08885cc00L);
    put('\'', 0x042000000000L);
    put('(', 0x022210820800L);
    put(')', 0x082084222000L);
    put('*', 0x00255d520000L);
    put('+', 0x00213e420000L);
    put(',', 0x000000063088L);
    put('-', 0x00001c000000L);
    put('.', 0x000000063000L);
    put('/', 0x011088844000L);
    put('0', 0x0e8ceb98b800L);
    put('1', 0x046108423800L);
    put('2', 0x0e8844447c00L);
    put('3', 0x0e884c18b800L);
    put('4', 0x0232a5f10800L);
    put('5', 0x1f878218b800L);
    put('6', 0x06443d18b800L);
    put('7', 0x1f0888442000L);
    put('8', 0x0e8c5d18b800L);
    put('9', 0x0e8c5e113000L);
    put(':', 0x006300c60000L);
    put(';', 0x000318063088L);
    put('<', 0x022220820800L);
    put('=', 0x0007c1f00000L);
    put('>', 0x082082222000L);
    put('?', 0x0e8844401000L);
    put('@', 0x0e8deb683c00L);
    put('A', 0x0e8c7f18c400L);
    put('B', 0x1e8c7d18f800L);
    put('C', 0x0e8c2108b800L);
    put('D', 0x1e8c6318f800L);
    put('E', 0x1f843d087c00L);
    put('F', 0x1f843d084000L);
    put('G', 0x0e8c2f18bc00L);
    put('H', 0x118c7f18c400L);
    put('I', 0x0e2108423800L);
    put('J', 0x071084293000L);
    put('K', 0x119531494400L);
    put('L', 0x108421087c00L);
    put('M', 0x11dd6b18c400L);
    put('N', 0x11cd6718c400L);
    put('O', 0x0e8c6318b800L);
    put('P', 0x1e8c7d084000L);
    put('Q', 0x0e8c63593400L);
    put('R', 0x1e8c7d494400L);
    put('S', 0x0f841c10f800L);
    put('T', 0x1f2108421000L);
    put('U', 0x118c6318b800L);
    put('V', 0x118c54a51000L);
    put('W', 0x118c6b5dc400L);
    put('X', 0x118a88a8c400L);
    put('Y', 0x118a88421000L);
    put('Z', 0x1f0888887c00L);
    put('[', 0x0e4210843800L);
    put(']', 0x0e1084213800L);
    put('^', 0x045440000000L);
    put('_', 0x000000007c00L);
    put('a', 0x000382f8bc00L);
    put('b', 0x1087a318f800L);
    put('c', 0x0003a108b800L);
    put('d', 0x010be318bc00L);
    put('e', 0x0003a3f83800L);
    put('f', 0x064790842000L);
    put('g', 0x0003e318bc2eL);
    put('h', 0x1087a318c400L);
    put('i', 0x040308423800L);
    put('j', 0x020184210a4cL);
    put('k', 0x1084a98a4800L);
    put('l', 0x0c2108423800L);
    put('m', 0x0006ab5ad400L);
    put('n', 0x0007a318c400L);
    put('o', 0x0003a318b800L);
    put('p', 0x0007a318fa10L);
    put('q', 0x0003e318bc21L);
    put('r', 0x0005b1084000L);
    put('s', 0x0003e0e0f800L);
    put('t', 0x084790841800L);
    put('u', 0x00046318bc00L);
    put('v', 0x000462a51000L);
    put('w', 0x00046b5aa800L);
    put('x', 0x000454454400L);
    put('y', 0x00046318bc2eL);
    put('z', 0x0007c4447c00L);
    put('{', 0x022110420800L);
    put('|', 0x042108421000L);
    put('}', 0x082104422000L);
    put('~', 0x00022a200000L);
  }

  private Font() {}

  private static void put(char c, long dots) {
    GLYPHS[c] = dots;
  }

  /** The rows of a character, each with its leftmost dot in bit 4; {@code ?} for those unknown. */
  static int[] rows(char c) {
    boolean known = c < GLYPHS.length && (GLYPHS[c] != 0 || c == ' ');
    long dots = GLYPHS[known ? c : '?'];
    int[] rows = new int[HEIGHT];
    for (int r = 0; r < HEIGHT; r++) {
      rows[r] = (int) (dots >> WIDTH * (HEIGHT - 1 - r)) & ROW;
    }
    return rows;
  }
}
