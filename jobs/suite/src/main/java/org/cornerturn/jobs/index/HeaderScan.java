package org.cornerturn.jobs.index;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.InputFault;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.jobs.convert.InputFaults;
import org.cornerturn.jobs.index.ScannedFile.Format;
import org.cornerturn.jobs.index.ScannedFile.State;
import org.cornerturn.jobs.index.ScannedFile.Uvh5Facts;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.SubbandFile;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.spark.Survey;
import org.cornerturn.storage.CachedChannel;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.TableWriter;
import org.cornerturn.uvh5.SubbandHeader;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.Uvh5Layout;

/**
 * Reads the headers of a batch of files and writes the rows of their objects into data files of the
 * table, where it is; only what grouping needs goes back to the driver.
 *
 * @param table URI of the table of objects
 */
record HeaderScan(String table, Map<String, String> hadoop)
    implements Survey.Question<InputFile, HeaderScan.Answer> {
  private static final long serialVersionUID = 1L;

  /** Bytes of rows that are held at most. */
  private static final long HELD_BYTES = 16L << 20;

  /** Integrations that are further apart than this many lengths have a gap between them. */
  private static final double GAP = 1.5;

  private static final int CACHED_BLOCKS = 8;

  private static final double SECONDS_PER_DAY = 86_400;

  /**
   * @param objects data files with the rows of all objects
   */
  record Answer(ArrayList<ScannedFile> files, ArrayList<DataFile> objects)
      implements Serializable {}

  @Override
  public Answer ask(List<InputFile> batch) {
    try (ObjectStore store = Stores.open(table, hadoop)) {
      TableWriter writer = new TableWriter(store, IndexTables.OBJECTS, HELD_BYTES);
      ArrayList<ScannedFile> files = new ArrayList<>();
      for (InputFile file : batch) {
        files.add(scan(file, writer));
      }
      return new Answer(files, new ArrayList<>(writer.finish()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ScannedFile scan(InputFile input, TableWriter writer) {
    FileVersion version =
        new FileVersion(input.uri(), input.size(), input.version(), input.modifiedMillis());
    ObjectRows rows = new ObjectRows(input.uri(), writer);
    try (ObjectStore store = Stores.open(input.folder(), hadoop);
        ObjectChannel file = store.open(input.key())) {
      // Structure and header share the blocks: a small file comes with one request.
      return read(version, new CachedChannel(file, CachedChannel.BLOCK, CACHED_BLOCKS), rows);
    } catch (NoSuchFileException e) {
      return ScannedFile.without(version, State.GONE, null);
    } catch (IOException e) {
      return ScannedFile.without(version, state(e), reason(e, input.uri()));
    }
  }

  private static ScannedFile read(FileVersion version, ObjectChannel channel, ObjectRows rows) {
    State state = State.INDEXED;
    Format format = null;
    Uvh5Facts facts = null;
    String error = null;
    try {
      Hdf5File file = Attempts.of(() -> Hdf5File.open(channel));
      List<Hdf5Object> objects = Attempts.of(file::walk);
      format = Format.HDF5;
      for (Hdf5Object o : objects) {
        rows.add(o);
      }
      if (Uvh5File.isUvh5(file)) {
        format = Format.UVH5;
        facts = Attempts.of(() -> facts(version, Uvh5File.of(file, channel)));
      }
    } catch (IOException e) {
      boolean gone = e instanceof NoSuchFileException && rows.rows() == 0;
      state = gone ? State.GONE : state(e);
      error = reason(e, version.uri());
    }
    return new ScannedFile(
        version,
        state,
        format,
        facts,
        error,
        rows.rows(),
        rows.unreadable(),
        channel.requests(),
        channel.bytesRead());
  }

  private static State state(IOException e) {
    return e instanceof InputFault || StoreFaults.isDenied(e) ? State.REFUSED : State.FAILED;
  }

  private static String reason(IOException e, String uri) {
    boolean known = !(e instanceof InputFault) && StoreFaults.explain(e, uri).isPresent();
    return known
        ? StoreFaults.explain(e, uri).orElseThrow().reason()
        : e instanceof InputFault ? InputFaults.reason(uri, e) : String.valueOf(e);
  }

  private static Uvh5Facts facts(FileVersion version, Uvh5File file) throws IOException {
    SubbandFile header = SubbandHeader.of(version, file);
    return new Uvh5Facts(
        header,
        file.header().version(),
        file.header().rows(),
        file.header().objectName(),
        note(file.layout(), header.time().integrationSeconds()));
  }

  /** What is odd in the times of a file that is otherwise good; null where nothing is. */
  private static String note(Uvh5Layout layout, double integrationSeconds) {
    int gaps = 0;
    int widest = 0;
    double width = 0;
    for (int t = 1; t < layout.times(); t++) {
      double step = (layout.julianDate(t) - layout.julianDate(t - 1)) * SECONDS_PER_DAY;
      if (step > GAP * integrationSeconds) {
        gaps++;
        if (step > width) {
          width = step;
          widest = t;
        }
      }
    }
    int repeated = layout.duplicates().length;
    String note =
        gaps == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "%d gap%s in time, the longest of %.3f s before integration %d",
                gaps,
                gaps == 1 ? "" : "s",
                width - integrationSeconds,
                widest);
    if (repeated > 0) {
      note += (note.isEmpty() ? "" : "; ") + repeated + " rows repeat a baseline at a time";
    }
    return note.isEmpty() ? null : note;
  }
}
