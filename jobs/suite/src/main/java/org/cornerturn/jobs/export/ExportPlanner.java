package org.cornerturn.jobs.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.jobs.PartedFilesPublisher;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.measurementset.SourceFile;
import org.cornerturn.measurementset.SourceHeader;
import org.cornerturn.measurementset.SourceRows;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Refusal;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.uvh5.HeaderRecord;
import org.cornerturn.uvh5.HeaderSource;
import org.cornerturn.uvh5.Uvh5Header;
import org.cornerturn.uvh5.Uvh5Layout;
import org.cornerturn.uvh5.Uvh5Rows;
import org.cornerturn.uvh5.Uvh5Storage;

/** Plans the files of a processing set from the headers that it keeps. */
final class ExportPlanner {
  /** Goes up whenever the same question would be answered with other bytes. */
  private static final String ENCODER = "1";

  private static final String ROOT = "zarr.json";
  private static final long PART_BYTES = 32L << 20;

  private final ExportParameters parameters;
  private final Map<String, String> hadoop;

  ExportPlanner(ExportParameters parameters, Map<String, String> hadoop) {
    this.parameters = parameters;
    this.hadoop = hadoop;
  }

  List<ProductPlan<ExportTask>> plan() throws IOException {
    return plan(PART_BYTES);
  }

  /**
   * @param partBytes visibilities of a part before filters; the files' bytes don't depend on it
   */
  List<ProductPlan<ExportTask>> plan(long partBytes) throws IOException {
    try (ObjectStore store = Stores.open(parameters.product(), hadoop)) {
      ProcessingSet sets = ProcessingSet.open(store);
      ObjectStatus root = store.status(ROOT).orElseThrow();
      Map<Integer, List<Named>> files = files(sets);
      if (files.isEmpty()) {
        throw new UserError(
            parameters.product(),
            "it keeps no headers of UVH5 files",
            "Only processing sets that cornerturn convert has made of UVH5 files can be exported");
      }
      if (files.size() > 1 && !parameters.intoFolder()) {
        throw new UserError(
            parameters.output(),
            "it would be one file, but the set was made of " + files.size(),
            "End the output in / to have each of them in it");
      }
      List<ProductPlan<ExportTask>> products = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (List<Named> of : files.values()) {
        String name = of.get(0).file.name();
        if (!names.add(name)) {
          throw new UserError(
              parameters.product(),
              "two of its files are named " + name,
              "They can't be exported into one folder");
        }
        products.add(product(store, root, of, partBytes));
      }
      return products;
    }
  }

  /** A file as a measurement set names it. */
  private record Named(Msv4Reader set, SourceFile file) {}

  private Map<Integer, List<Named>> files(ProcessingSet sets) throws IOException {
    Map<Integer, List<Named>> files = new TreeMap<>();
    for (String name : sets.names()) {
      Msv4Reader set = sets.measurementSet(name);
      ObjectNode attributes = set.attributes();
      List<SourceFile> of = SourceHeader.files(attributes);
      if (!of.isEmpty() && attributes.path(Msv4Layout.UVH5).path("phases_rotated").asBoolean()) {
        boolean antennas = attributes.path(Msv4Layout.UVH5).path("uvw").asText().equals("antennas");
        throw new UserError(
            parameters.product(),
            "its visibilities were phased to another direction"
                + (antennas ? ", or to uvw of the antennas" : "")
                + ", so they aren't those of the files",
            "Convert the files with --phase none"
                + (antennas ? ", and without --uvw-from-antennas," : "")
                + " to have a set that can be exported");
      }
      of.forEach(
          f -> files.computeIfAbsent(f.number(), n -> new ArrayList<>()).add(new Named(set, f)));
    }
    return files;
  }

  private ProductPlan<ExportTask> product(
      ObjectStore store, ObjectStatus root, List<Named> of, long partBytes) throws IOException {
    SourceFile file = of.get(0).file;
    HeaderSource source = SourceHeader.source(store, file);
    HeaderRecord record = SourceHeader.record(store, file.number());
    Uvh5Header header = Uvh5Header.read(source);
    refuseRounded(record, of);
    Uvh5Layout layout = Uvh5Layout.of(header, Uvh5Rows.of(source, header));
    List<SourceRows.Part> parts = new ArrayList<>();
    for (Named n : of) {
      parts.add(
          new SourceRows.Part(
              n.set.name(), header.groups().get(n.file.group()), n.file.firstChannel()));
    }
    ExportedFile exported =
        new ExportedFile(
            parameters.product(),
            file.number(),
            parts,
            Uvh5Storage.of(record),
            header.totalChannels(),
            header.polarizationAxis());
    String output =
        parameters.intoFolder() ? parameters.place() + "/" + file.name() : parameters.place();
    String name = output.substring(output.lastIndexOf('/') + 1);
    String folder = name + "." + ProductPlan.STATE + "/parts";
    String fingerprint =
        new Fingerprint()
            .with("verb", ExportJob.VERB)
            .with("encoder", ENCODER)
            .with("product", parameters.product())
            .with("version", root.version())
            .with("file", file.number())
            .hex();
    int[] times = times(layout, of.get(0).set.unixSeconds());
    return new ProductPlan<>(
        name,
        output,
        output + "." + ProductPlan.STATE,
        List.of(),
        fingerprint,
        ExportJob.VERB,
        parameters.toJson(),
        List.of(new InputVersion(parameters.product() + "/" + ROOT, root.version(), root.size())),
        new ChunkPlan<>(tasks(exported, name, folder, layout, times, partBytes)),
        left(record),
        new PartedFilesPublisher(List.of(name), List.of(), folder));
  }

  /** What the record couldn't keep, so that the file will lack it. */
  private static List<Refusal> left(HeaderRecord record) {
    List<Refusal> refusals = new ArrayList<>();
    for (String item : record.left()) {
      int colon = item.indexOf(": ");
      refusals.add(new Refusal(item.substring(0, colon), item.substring(colon + 2)));
    }
    return refusals;
  }

  private void refuseRounded(HeaderRecord record, List<Named> of) throws IOException {
    if (record.exactType() == Primitive.COMPLEX64) {
      return;
    }
    for (Named n : of) {
      if (!n.set.isDouble()) {
        throw new UserError(
            parameters.product(),
            "visibilities of " + n.file.name() + " were rounded to complex64 when it was converted",
            "Convert the file again with full precision, and export that");
      }
    }
  }

  /** The set's integration of each of the file's: the nearest. */
  private int[] times(Uvh5Layout layout, double[] unixSeconds) {
    int[] times = new int[layout.times()];
    int at = 0;
    for (int t = 0; t < times.length; t++) {
      double seconds = JulianDate.unixSeconds(layout.julianDate(t));
      while (at + 1 < unixSeconds.length
          && Math.abs(unixSeconds[at + 1] - seconds) <= Math.abs(unixSeconds[at] - seconds)) {
        at++;
      }
      times[t] = at;
      if (t > 0 && times[t] == times[t - 1]) {
        throw new UserError(
            parameters.product(),
            "two integrations of a file are next to the same one of the set",
            "Its coordinates were changed after the conversion; convert again");
      }
    }
    return times;
  }

  private static List<ExportTask> tasks(
      ExportedFile file,
      String name,
      String folder,
      Uvh5Layout layout,
      int[] times,
      long partBytes) {
    long chunkRows = file.storage().visibilities().chunk().dim(0);
    long each = Math.max(1, partBytes / Math.max(1, chunkRows * file.rowBytes()));
    long rows = layout.rows();
    List<ExportTask> tasks = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (long first = 0; first < rows; first += each * chunkRows) {
      String key = String.format(Locale.ROOT, "%s/%06d", folder, keys.size());
      keys.add(key);
      int n = (int) Math.min(each * chunkRows, rows - first);
      tasks.add(new ExportPartTask(file, key, first / chunkRows, cells(layout, times, first, n)));
    }
    tasks.add(new ExportFileTask(file, name, keys));
    return tasks;
  }

  private static SourceRows.Cells cells(Uvh5Layout layout, int[] times, long first, int n) {
    int[] time = new int[n];
    int[] baseline = new int[n];
    BitSet turned = new BitSet();
    for (int i = 0; i < n; i++) {
      long cell = layout.cell(first + i);
      time[i] = times[(int) (cell / layout.baselines())];
      baseline[i] = (int) (cell % layout.baselines());
      turned.set(i, layout.exchanged(first + i));
    }
    return new SourceRows.Cells(time, baseline, turned);
  }
}
