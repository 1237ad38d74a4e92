package org.cornerturn.observation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Subband numbers of the files of one telescope: from the name or, where it has none, from the
 * place in frequency. A file without a number is a subband if another of the same width and about
 * the same start lies beside it in frequency, a whole number of widths away; else it is an
 * observation by itself.
 */
final class Numbering {
  /** Part of a width by which a subband may lie beside the grid of the others. */
  private static final double OFF_GRID = 0.1;

  /** Relative difference of widths that are the same but for rounding. */
  private static final double SAME_WIDTH = 1e-6;

  private Numbering() {}

  static List<NumberedFile> of(List<SubbandFile> files, GroupingRule rule) {
    Set<SubbandFile> unnumberedSubbands = subbandsWithoutNumber(files, rule);
    Map<SubbandFile, Integer> numbers = new HashMap<>();
    List<SubbandFile> byWidth =
        new ArrayList<>(
            files.stream()
                .filter(f -> isNumbered(f) || unnumberedSubbands.contains(f))
                .sorted(Comparator.comparingDouble(f -> f.band().widthHz()))
                .toList());
    for (int from = 0, to; from < byWidth.size(); from = to) {
      to = from + 1;
      while (to < byWidth.size() && sameWidth(byWidth.get(to - 1), byWidth.get(to))) {
        to++;
      }
      number(byWidth.subList(from, to), numbers);
    }
    return files.stream()
        .map(f -> new NumberedFile(numbers.getOrDefault(f, SubbandFile.UNNUMBERED), f))
        .toList();
  }

  private static boolean isNumbered(SubbandFile f) {
    return f.number() != SubbandFile.UNNUMBERED;
  }

  private static boolean sameWidth(SubbandFile a, SubbandFile b) {
    return Math.abs(a.band().widthHz() - b.band().widthHz()) <= SAME_WIDTH * a.band().widthHz();
  }

  private static Set<SubbandFile> subbandsWithoutNumber(
      List<SubbandFile> files, GroupingRule rule) {
    List<SubbandFile> byStart = new ArrayList<>(files);
    byStart.sort(Comparator.comparing(f -> f.time().start()));
    Set<SubbandFile> found = new HashSet<>();
    double tolerance = rule.tolerance().toNanos() / 1e9;
    for (int i = 0; i < byStart.size(); i++) {
      SubbandFile a = byStart.get(i);
      for (int j = i + 1; j < byStart.size(); j++) {
        SubbandFile b = byStart.get(j);
        if (b.time().secondsAfter(a.time().start()) > tolerance) {
          break;
        }
        boolean open = !isNumbered(a) && !found.contains(a) || !isNumbered(b) && !found.contains(b);
        if (open && areNeighbours(a, b)) {
          found.add(a);
          found.add(b);
        }
      }
    }
    found.removeIf(Numbering::isNumbered);
    return found;
  }

  private static boolean areNeighbours(SubbandFile a, SubbandFile b) {
    double widths = (a.band().highHz() - b.band().highHz()) / a.band().widthHz();
    return sameWidth(a, b)
        && !a.band().collides(b.band())
        && Math.abs(widths - Math.rint(widths)) <= OFF_GRID;
  }

  /**
   * Numbers files of one width, counting from where the named ones say number 0 is, else from the
   * highest.
   */
  private static void number(List<SubbandFile> files, Map<SubbandFile, Integer> numbers) {
    double[] tops =
        files.stream()
            .filter(Numbering::isNumbered)
            .mapToDouble(f -> f.band().highHz() + f.number() * f.band().widthHz())
            .sorted()
            .toArray();
    double top =
        tops.length > 0
            ? tops[(tops.length - 1) / 2]
            : files.stream().mapToDouble(f -> f.band().highHz()).max().orElseThrow();
    for (SubbandFile f : files) {
      numbers.put(
          f,
          isNumbered(f)
              ? f.number()
              : Math.toIntExact(Math.round((top - f.band().highHz()) / f.band().widthHz())));
    }
  }
}
