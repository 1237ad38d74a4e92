package org.cornerturn.uvh5;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.storage.ObjectChannel;

/**
 * A UVH5 file. Opening reads its structure and the small items of its header; rows, chunk indexes
 * and visibilities come as they are asked for. Serves one thread; tasks read with a {@link
 * VisibilityReader} of their own.
 */
public final class Uvh5File implements Closeable {
  static final String VISDATA = "/Data/visdata";
  static final String FLAGS = "/Data/flags";
  static final String NSAMPLES = "/Data/nsamples";

  /** The datasets of visibilities, flags and sample counts. */
  public static final List<String> DATA_PATHS = List.of(VISDATA, FLAGS, NSAMPLES);

  private final Hdf5File file;
  private final ObjectChannel raw;
  private final FileSource source;
  private final Uvh5Header header;
  private Uvh5Layout layout;
  private Uvh5Source data;
  private HeaderRecord record;

  private Uvh5File(Hdf5File file, ObjectChannel raw) throws IOException {
    this.file = file;
    this.raw = raw;
    source = new FileSource(file, raw);
    header = Uvh5Header.read(source);
  }

  /**
   * @param raw the file, closed with this object, and when it can't be opened
   * @throws org.cornerturn.hdf5.Hdf5Exception where it isn't an HDF5 file that can be read
   * @throws Uvh5Exception where it isn't UVH5, or contradicts itself
   */
  public static Uvh5File open(ObjectChannel raw) throws IOException {
    Hdf5File file = null;
    try {
      file = Hdf5File.open(raw);
      return new Uvh5File(file, raw);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * A file whose structure is open already; whoever opened it closes it.
   *
   * @param raw the same file
   * @throws Uvh5Exception where it isn't UVH5, or contradicts itself
   */
  public static Uvh5File of(Hdf5File file, ObjectChannel raw) throws IOException {
    return new Uvh5File(file, raw);
  }

  /** Whether an HDF5 file is UVH5: it has {@code Header} and {@code Data/visdata}. */
  public static boolean isUvh5(Hdf5File file) throws IOException {
    return file.find(Items.HEADER).isPresent() && file.find(VISDATA).isPresent();
  }

  public String name() {
    return file.name();
  }

  public Uvh5Header header() {
    return header;
  }

  /** What the header says of each row. */
  public Uvh5Rows rows() {
    return new Uvh5Rows(source, header);
  }

  /**
   * Where the rows stand in a grid of times and baselines; reads times and antennas of all rows.
   *
   * @throws Uvh5Exception where they contradict the header or make no sense
   */
  public Uvh5Layout layout() throws IOException {
    if (layout == null) {
      layout = Uvh5Layout.of(header, rows());
    }
    return layout;
  }

  /**
   * What tasks need to read visibilities; reads the chunk indexes.
   *
   * @throws Uvh5Exception where elements have a type that visibilities, flags or counts can't have
   */
  public Uvh5Source source() throws IOException {
    if (data == null) {
      data =
          new Uvh5Source(
              header.rank(), header.channels(), stored(VISDATA), stored(FLAGS), stored(NSAMPLES));
      refuseOtherTypes();
    }
    return data;
  }

  private Uvh5Source.Stored stored(String path) throws IOException {
    Hdf5Dataset d = file.dataset(path);
    return new Uvh5Source.Stored(d.source(), d.manifest());
  }

  private void refuseOtherTypes() throws Uvh5Exception {
    try {
      VisibilityType.of(data.visibilities().dataset().dataType());
    } catch (IllegalArgumentException e) {
      throw Uvh5Exception.of(name(), VISDATA, e.getMessage());
    }
    for (Uvh5Source.Stored s : List.of(data.flags(), data.samples())) {
      if (!FileSource.isReal(s.dataset().dataType())) {
        String problem = "its elements are " + s.dataset().dataType() + ", no numbers";
        throw Uvh5Exception.of(name(), s.dataset().path(), problem);
      }
    }
  }

  /** A reader of this file's visibilities; the file stays open as long as it is used. */
  public VisibilityReader reader() throws IOException {
    return new VisibilityReader(source(), raw);
  }

  /** A rectangle of the visibilities of a spectral window. */
  public VisibilityWindow window(
      int group,
      int firstTime,
      int times,
      int firstBaseline,
      int baselines,
      int firstChannel,
      int channels)
      throws IOException {
    RowMap rows = layout().rectangle(firstTime, times, firstBaseline, baselines);
    return new VisibilityWindow(header.groups().get(group), rows, firstChannel, channels);
  }

  /** Everything that is in the file besides the visibilities, to build it again. */
  public HeaderRecord record() throws IOException {
    if (record == null) {
      record = new RecordBuilder(file).build();
    }
    return record;
  }

  /**
   * Some rows of a long item, as a product keeps them.
   *
   * @param first of the rows along the first axis
   * @return elements of {@link HeaderRecord.Item#arrayType} and {@link
   *     HeaderRecord.Item#arrayShape}
   */
  public Block read(HeaderRecord.Item item, long first, long count) throws IOException {
    Hdf5Dataset d = file.dataset(item.path());
    DatasetSource stored = d.storedSource();
    Shape shape = stored.shape();
    long[] start = new long[shape.rank()];
    long[] extent = shape.dims();
    start[0] = first;
    extent[0] = count;
    Block block = new DatasetReader(stored, d.manifest(), raw).read(Box.of(start, extent));
    long[] dims = item.arrayShape().dims();
    dims[0] = count;
    return new Block(item.arrayType(), Shape.of(dims), block.data());
  }

  /** The structure beneath. */
  public Hdf5File hdf5() {
    return file;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
