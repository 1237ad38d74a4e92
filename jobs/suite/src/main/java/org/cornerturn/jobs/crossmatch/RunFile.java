package org.cornerturn.jobs.crossmatch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.storage.ObjectStore;

/**
 * Rows of one catalogue in the order of declination, as a task leaves them for those that match: an
 * object of records of 8-byte fields, little-endian, followed by the ids where these are texts.
 *
 * @param key of the object
 * @param rows number of records
 * @param marks declinations of every {@link #STEP}th record, the first, and of the last
 * @param texts where the ids of those records begin, from the end of the records
 */
record RunFile(String key, int rows, double[] marks, long[] texts) {
  /** Records between two that the index knows. */
  static final int STEP = 1024;

  /** Records of a run. */
  static final int MOST = 1 << 20;

  /** Rows that have no place, of all that a task has read; and its runs. */
  record Index(long read, long placeless, List<RunFile> runs) {
    void put(ObjectStore store, String key) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeLong(read);
        out.writeLong(placeless);
        out.writeInt(runs.size());
        for (RunFile run : runs) {
          out.writeUTF(run.key);
          out.writeInt(run.rows);
          out.writeInt(run.marks.length);
          for (int i = 0; i < run.marks.length; i++) {
            out.writeDouble(run.marks[i]);
            out.writeLong(run.texts[i]);
          }
        }
      }
      store.put(key, bytes.toByteArray());
    }

    static Index get(ObjectStore store, String key) throws IOException {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(store.get(key)))) {
        long read = in.readLong();
        long placeless = in.readLong();
        List<RunFile> runs = new ArrayList<>();
        for (int r = in.readInt(); r > 0; r--) {
          String run = in.readUTF();
          int rows = in.readInt();
          double[] marks = new double[in.readInt()];
          long[] texts = new long[marks.length];
          for (int i = 0; i < marks.length; i++) {
            marks[i] = in.readDouble();
            texts[i] = in.readLong();
          }
          runs.add(new RunFile(run, rows, marks, texts));
        }
        return new Index(read, placeless, runs);
      }
    }
  }

  /** First record that may be as far north as a declination. */
  int from(double dec) {
    int block = 0;
    while (block + 1 < marks.length && marks[block + 1] < dec) {
      block++;
    }
    return Math.min(rows, block * STEP);
  }

  /** End of the records that may lie south of a declination, it included. */
  int to(double dec) {
    int block = 0;
    while (block < marks.length && marks[block] <= dec) {
      block++;
    }
    return Math.min(rows, block * STEP);
  }

  /** Where the id of a record begins that {@link #from} or {@link #to} gave. */
  long text(int record) {
    return texts[record == rows ? texts.length - 1 : record / STEP];
  }
}
