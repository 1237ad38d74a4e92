package org.cornerturn.jobs.crossmatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cornerturn.crossmatch.KeyOrder;
import org.cornerturn.crossmatch.SkyPoints;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/** Rows of one side in memory, as arrays that grow. */
final class Rows {
  private static final double DEC_SCALE = (1L << 40) / 180.0;

  private final Side side;
  double[] dec;
  double[] ra;
  long[] number;

  /** Ids that are whole numbers, or numbers of rows. */
  long[] whole;

  /** Ids that are texts; null where they aren't. */
  String[] text;

  double[] raErr;
  double[] decErr;
  double[] flux;
  int count;

  Rows(Side side, int room) {
    this.side = side;
    resize(room);
  }

  private void resize(int room) {
    dec = grown(dec, room);
    ra = grown(ra, room);
    number = number == null ? new long[room] : Arrays.copyOf(number, room);
    whole = whole == null ? new long[room] : Arrays.copyOf(whole, room);
    if (side.idKind() == Side.IdKind.TEXT) {
      text = text == null ? new String[room] : Arrays.copyOf(text, room);
    }
    if (side.hasErrors()) {
      raErr = grown(raErr, room);
      decErr = grown(decErr, room);
    }
    if (side.hasFlux()) {
      flux = grown(flux, room);
    }
  }

  private static double[] grown(double[] values, int room) {
    return values == null ? new double[room] : Arrays.copyOf(values, room);
  }

  /** Makes room for one more row; its place. */
  int next() {
    if (count == dec.length) {
      resize(Math.max(16, 2 * count));
    }
    return count++;
  }

  /** The points, cut to their number. */
  SkyPoints points() {
    resize(count);
    return new SkyPoints(ra, dec, raErr, decErr);
  }

  String id(int row) {
    return side.idKind() == Side.IdKind.TEXT ? text[row] : Long.toString(whole[row]);
  }

  /** Writes the rows in the order of declination. */
  RunFile write(ObjectStore store, String key) throws IOException {
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = (long) ((dec[i] + 90) * DEC_SCALE);
    }
    int[] order = KeyOrder.of(keys);
    // Keys round: what they can't tell apart is put right by neighbours.
    for (int i = 1; i < count; i++) {
      int row = order[i];
      int at = i;
      while (at > 0 && dec[order[at - 1]] > dec[row]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = row;
    }
    int blocks = (count + RunFile.STEP - 1) / RunFile.STEP;
    double[] marks = new double[count == 0 ? 0 : blocks + 1];
    long[] texts = new long[marks.length];
    byte[][] utf8 = text == null ? null : new byte[count][];
    long textAt = 0;
    int fields = side.fields();
    ByteBuffer bytes =
        ByteBuffer.allocate(RunFile.STEP * fields * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (PendingObject out = store.create(key)) {
      for (int b = 0; b < blocks; b++) {
        LongBuffer to = bytes.asLongBuffer();
        int end = Math.min(count, (b + 1) * RunFile.STEP);
        marks[b] = dec[order[b * RunFile.STEP]];
        texts[b] = textAt;
        for (int i = b * RunFile.STEP; i < end; i++) {
          int row = order[i];
          long id = whole[row];
          if (text != null) {
            utf8[i] = text[row] == null ? new byte[0] : text[row].getBytes(StandardCharsets.UTF_8);
            id = utf8[i].length;
            textAt += id;
          }
          put(to, row, id);
        }
        out.write(bytes.array(), 0, to.position() * Long.BYTES);
      }
      if (count > 0) {
        marks[blocks] = dec[order[count - 1]];
        texts[blocks] = textAt;
      }
      if (text != null) {
        writeTexts(utf8, out);
      }
      out.publish();
    }
    return new RunFile(key, count, marks, texts);
  }

  private static void writeTexts(byte[][] utf8, PendingObject out) throws IOException {
    byte[] piece = new byte[1 << 16];
    int at = 0;
    for (byte[] t : utf8) {
      if (at + t.length > piece.length) {
        out.write(piece, 0, at);
        at = 0;
      }
      if (t.length > piece.length) {
        out.write(t, 0, t.length);
      } else {
        System.arraycopy(t, 0, piece, at, t.length);
        at += t.length;
      }
    }
    out.write(piece, 0, at);
  }

  private void put(LongBuffer to, int row, long id) {
    to.put(Double.doubleToRawLongBits(dec[row]));
    to.put(Double.doubleToRawLongBits(ra[row]));
    to.put(number[row]);
    to.put(id);
    if (raErr != null) {
      to.put(Double.doubleToRawLongBits(raErr[row]));
      to.put(Double.doubleToRawLongBits(decErr[row]));
    }
    if (flux != null) {
      to.put(Double.doubleToRawLongBits(flux[row]));
    }
  }

  /** Adds those of a run's rows that lie between two declinations, both included. */
  void read(ObjectStore store, RunFile run, double south, double north) throws IOException {
    int from = run.from(south);
    int to = run.to(north);
    if (from >= to) {
      return;
    }
    int record = side.fields() * Long.BYTES;
    byte[] records = new byte[Math.multiplyExact(to - from, record)];
    byte[] texts = new byte[0];
    try (ObjectChannel file = store.open(run.key())) {
      file.readFully((long) from * record, records, 0, records.length);
      if (text != null) {
        long start = run.text(from);
        texts = new byte[Math.toIntExact(run.text(to) - start)];
        file.readFully((long) run.rows() * record + start, texts, 0, texts.length);
      }
    }
    LongBuffer in = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    int textAt = 0;
    for (int i = 0; i < to - from; i++) {
      int at = i * side.fields();
      int length = text == null ? 0 : (int) in.get(at + 3);
      double d = Double.longBitsToDouble(in.get(at));
      if (d >= south && d <= north) {
        int row = next();
        dec[row] = d;
        ra[row] = Double.longBitsToDouble(in.get(at + 1));
        number[row] = in.get(at + 2);
        whole[row] = in.get(at + 3);
        if (text != null) {
          text[row] =
              length == 0 ? null : new String(texts, textAt, length, StandardCharsets.UTF_8);
        }
        int more = at + 4;
        if (raErr != null) {
          raErr[row] = Double.longBitsToDouble(in.get(more++));
          decErr[row] = Double.longBitsToDouble(in.get(more++));
        }
        if (flux != null) {
          flux[row] = Double.longBitsToDouble(in.get(more));
        }
      }
      textAt += length;
    }
  }

  /** About what a row takes in memory. */
  static long bytes(Side side) {
    return (side.fields() + 1L) * Long.BYTES + (side.idKind() == Side.IdKind.TEXT ? 72 : 0);
  }
}
