package org.cornerturn.uvh5;

import java.io.IOException;
import java.nio.file.Path;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.BoxCopy;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;

/** Builds a file again from its record and its three datasets. */
final class FileCopy {
  private FileCopy() {}

  static void copy(Path from, Path to) throws IOException {
    try (LocalStore store = new LocalStore(from.getParent());
        ObjectChannel raw = store.open(from.getFileName().toString());
        Uvh5File file = Uvh5File.open(store.open(from.getFileName().toString()));
        Hdf5Writer out = Hdf5Writer.create(to)) {
      HeaderRecord record = HeaderRecord.ofJson(file.record().toJson());
      Uvh5Writer writer = Uvh5Writer.define(out, record, file::read, Uvh5Storage.of(record));
      writer.writeRows();
      chunks(file.hdf5().dataset(Uvh5File.VISDATA), raw, writer.visibilities());
      chunks(file.hdf5().dataset(Uvh5File.FLAGS), raw, writer.flags());
      chunks(file.hdf5().dataset(Uvh5File.NSAMPLES), raw, writer.samples());
      out.finish();
    }
  }

  private static void chunks(Hdf5Dataset d, ObjectChannel raw, WriteChunked to) throws IOException {
    DatasetReader reader = new DatasetReader(d.storedSource(), d.manifest(), raw);
    ChunkGrid grid = to.grid();
    for (long i = 0; i < grid.count(); i++) {
      long[] at = grid.coordinates(i);
      Block block = reader.read(grid.box(at));
      Box full = grid.fullBox(at);
      byte[] chunk = new byte[(int) full.size() * block.type().itemSize()];
      BoxCopy.copy(block.bytes(), grid.box(at), chunk, full, block.type().itemSize());
      to.chunk(chunk, at);
    }
  }
}
