package org.cornerturn.solution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/** A set of gains in a store, for reading. */
public final class SolutionSet {
  /** Value of the root's attribute {@code type}. */
  public static final String TYPE = "gain_solutions";

  private final ObjectStore store;
  private final ZarrGroup root;

  private SolutionSet(ObjectStore store, ZarrGroup root) {
    this.store = store;
    this.root = root;
  }

  /**
   * @param store whose root is the set's
   * @throws UserError when it is something else
   */
  public static SolutionSet open(ObjectStore store) throws IOException {
    try {
      ZarrGroup root = ZarrGroup.open(store, "");
      if (root.attributes().path("type").asText().equals(TYPE)) {
        return new SolutionSet(store, root);
      }
    } catch (ZarrException e) {
      throw new UserError(
          store.uri(), e.getMessage(), "Name solutions that cornerturn calibrate has made", e);
    }
    throw new UserError(
        store.uri(), "it is no set of gains", "Name solutions that cornerturn calibrate has made");
  }

  public ObjectNode attributes() {
    return root.attributes();
  }

  /** Attributes of a measurement set's group, or of a term's. */
  public ObjectNode attributes(String path) throws IOException {
    return root.group(path).attributes();
  }

  /** Names of the measurement sets whose gains these are. */
  public List<String> measurementSets() throws IOException {
    return List.copyOf(root.groupNames());
  }

  /** The terms of a measurement set, in the order of the chain. */
  public List<TermArrays> terms(String measurementSet) throws IOException {
    ZarrGroup group = root.group(measurementSet);
    List<TermArrays> terms = new ArrayList<>();
    for (String label : group.groupNames()) {
      ZarrGroup term = group.group(label);
      terms.add(
          new TermArrays(
              measurementSet + "/" + label,
              label,
              axis(term, TermArrays.TIME),
              axis(term, TermArrays.FREQUENCY),
              texts(term, TermArrays.ANTENNA),
              texts(term, TermArrays.RECEPTOR),
              term.arrayNames().contains(TermArrays.RECEPTOR_2)));
    }
    terms.sort(Comparator.comparingInt(t -> place(t.label())));
    return terms;
  }

  private static int place(String label) {
    return Integer.parseInt(label.substring(label.indexOf('_') + 1));
  }

  private static SolutionAxis axis(ZarrGroup term, String name) throws IOException {
    return new SolutionAxis(
        numbers(term, name),
        numbers(term, name + TermArrays.START),
        numbers(term, name + TermArrays.END));
  }

  private static Block all(ZarrGroup term, String name) throws IOException {
    ZarrArray a = term.array(name);
    return a.read(Box.all(a.metadata().shape()));
  }

  private static double[] numbers(ZarrGroup term, String name) throws IOException {
    return all(term, name).toDoubles();
  }

  private static List<String> texts(ZarrGroup term, String name) throws IOException {
    return List.of(all(term, name).text());
  }

  /**
   * Gains of a term.
   *
   * @param published whether the set's metadata are there
   */
  public GainTable gains(TermArrays term) throws IOException {
    return gains(store, term);
  }

  /** Gains of a term, published or not. */
  public static GainTable gains(ObjectStore store, TermArrays term) throws IOException {
    GainTable table = term.table();
    double[] gains = read(store, term, TermArrays.GAIN).doubles();
    byte[] flags = read(store, term, TermArrays.FLAG).bytes();
    for (int i = 0; i < flags.length; i++) {
      if (flags[i] == 0) {
        table.set(i, gains[2 * i], gains[2 * i + 1]);
      } else {
        table.flag(i, SolutionFlag.of(flags[i]));
      }
    }
    copy(read(store, term, TermArrays.SNR).floats(), table.snr());
    copy(read(store, term, TermArrays.CHI2).floats(), table.chiSquared());
    int[] iterations = read(store, term, TermArrays.ITERATIONS).ints();
    System.arraycopy(iterations, 0, table.iterations(), 0, iterations.length);
    return table;
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, from.length);
  }

  /** Delays of a term that has them, seconds, as the gains of a table. */
  public static double[] delays(ObjectStore store, TermArrays term) throws IOException {
    return read(store, term, TermArrays.DELAY).doubles();
  }

  /** Delays of a term that has them, seconds, as the gains of a table. */
  public double[] delays(TermArrays term) throws IOException {
    return delays(store, term);
  }

  private static Block read(ObjectStore store, TermArrays term, String name) throws IOException {
    ZarrArray a = ZarrArray.of(store, term.path() + "/" + name, term.arrays().get(name));
    return a.read(Box.all(a.metadata().shape()));
  }

  /** A text of the root's attributes, empty where there is none. */
  public String text(String attribute) {
    JsonNode value = root.attributes().path(attribute);
    return value.asText("");
  }
}
