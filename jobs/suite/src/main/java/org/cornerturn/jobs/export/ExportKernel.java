package org.cornerturn.jobs.export;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteChunked;
import org.cornerturn.hdf5.WritePart;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.measurementset.SourceHeader;
import org.cornerturn.measurementset.SourceRows;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;
import org.cornerturn.uvh5.FileRows;
import org.cornerturn.uvh5.HeaderRecord;
import org.cornerturn.uvh5.Uvh5Storage;
import org.cornerturn.uvh5.Uvh5Writer;

/** Does the tasks of an export: parts, then the file. */
record ExportKernel() implements Kernel<ExportTask> {
  private static final String VISDATA = ".visdata";
  private static final String FLAGS = ".flags";
  private static final String NSAMPLES = ".nsamples";

  @Override
  public Outcome run(ExportTask task, TaskStores stores) throws IOException {
    // Parts are gone once the file is there, so the ledger doesn't list them as objects.
    ObjectStore scratch = stores.open(stores.product().uri());
    if (task instanceof ExportPartTask part) {
      parts(part, stores.open(part.file().product()), scratch);
    } else {
      ExportFileTask file = (ExportFileTask) task;
      try (PendingObject out = stores.product().create(file.key());
          Hdf5Writer writer = Hdf5Writer.sequential(out)) {
        write(file, writer, stores.open(file.file().product()), scratch);
        writer.finish();
        out.publish();
      }
    }
    return Outcome.done(task.id(), stores.written(), task.inputBytes());
  }

  private static void parts(ExportPartTask task, ObjectStore product, ObjectStore scratch)
      throws IOException {
    ExportedFile file = task.file();
    ProcessingSet sets = ProcessingSet.open(product);
    SourceRows rows = new SourceRows(sets, file.parts(), file.channels(), file.pols());
    Uvh5Storage storage = file.storage();
    part(task, VISDATA, storage.visibilities(), rows.visibilities(task.cells()), scratch);
    part(task, FLAGS, storage.flags(), rows.flags(task.cells()), scratch);
    part(task, NSAMPLES, storage.samples(), rows.samples(task.cells()), scratch);
  }

  /** Chunks hold whole rows, so a run of rows is a run of chunks. */
  private static void part(
      ExportPartTask task,
      String ending,
      Uvh5Storage.Stored stored,
      FileRows rows,
      ObjectStore scratch)
      throws IOException {
    byte[] bytes = rows.stored(stored.type());
    int chunkBytes = stored.chunkBytes();
    try (PendingObject out = scratch.create(task.key() + ending)) {
      WritePart part = new WritePart(out);
      long number = task.firstChunk();
      for (int at = 0; at < bytes.length; at += chunkBytes) {
        // The last chunk reaches past the rows, with zeros.
        part.chunk(number++, stored.encode(Arrays.copyOfRange(bytes, at, at + chunkBytes)));
      }
      part.finish();
      out.publish();
    }
  }

  private static void write(
      ExportFileTask task, Hdf5Writer writer, ObjectStore product, ObjectStore parts)
      throws IOException {
    int number = task.file().number();
    HeaderRecord record = SourceHeader.record(product, number);
    Uvh5Writer uvh5 =
        Uvh5Writer.define(
            writer, record, SourceHeader.longItems(product, number), task.file().storage());
    expect(uvh5.visibilities(), task, VISDATA, parts);
    expect(uvh5.flags(), task, FLAGS, parts);
    expect(uvh5.samples(), task, NSAMPLES, parts);
    uvh5.writeRows();
    copy(uvh5.visibilities(), task, VISDATA, parts);
    copy(uvh5.flags(), task, FLAGS, parts);
    copy(uvh5.samples(), task, NSAMPLES, parts);
  }

  private static void expect(
      WriteChunked array, ExportFileTask task, String ending, ObjectStore parts)
      throws IOException {
    long chunks = 0;
    long bytes = 0;
    for (String key : task.parts()) {
      try (ObjectChannel part = open(parts, key + ending)) {
        WritePart.Index index = WritePart.readIndex(part);
        chunks += index.count();
        bytes += index.dataBytes();
      }
    }
    array.expect(chunks, bytes);
  }

  private static void copy(
      WriteChunked array, ExportFileTask task, String ending, ObjectStore parts)
      throws IOException {
    for (String key : task.parts()) {
      try (ObjectChannel part = open(parts, key + ending)) {
        array.part(part);
      }
    }
  }

  private static ObjectChannel open(ObjectStore parts, String key) throws IOException {
    try {
      return parts.open(key);
    } catch (NoSuchFileException e) {
      throw new IOException(parts.uri() + "/" + key + " is gone; export with --overwrite", e);
    }
  }
}
