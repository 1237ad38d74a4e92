package org.cornerturn.query.waveform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.EnvelopePlan;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;

/** The envelope of a window in the forms in which it is given. */
record WindowAnswer(
    Waveform waveform, Trace trace, EnvelopePlan plan, Units units, EnvelopeValues values) {
  /** Forms of the answer. */
  enum Format {
    JSON("application/json"),
    BIN("application/octet-stream"),
    NPY("application/x-npy"),
    CSV("text/csv; charset=utf-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /** By the Accept header; JSON unless it names another. */
    static Format accepted(String accept) {
      for (String part : accept.split(",")) {
        String type = part.replaceFirst(";.*", "").strip();
        for (Format f : values()) {
          if (f.mediaType.replaceFirst(";.*", "").equals(type)) {
            return f;
          }
        }
      }
      return JSON;
    }

    String mediaType() {
      return mediaType;
    }
  }

  void send(Exchange exchange, Format format) throws IOException {
    switch (format) {
      case JSON -> exchange.json(json());
      case BIN -> {
        headers(exchange);
        exchange.bytes(format.mediaType(), values.bytes());
      }
      case NPY -> {
        headers(exchange);
        exchange.bytes(format.mediaType(), npy());
      }
      case CSV -> {
        exchange.header("Content-Disposition", "attachment; filename=\"" + fileName() + "\"");
        exchange.stream(
            format.mediaType(),
            -1,
            out -> {
              Writer w = new OutputStreamWriter(out, StandardCharsets.UTF_8);
              csv(w);
              w.flush();
            });
      }
    }
  }

  private String fileName() {
    String name = waveform.place().key().replaceFirst(".*/", "").replaceAll("[^A-Za-z0-9.-]", "_");
    return "%s-c%d-t%d-s%d-%d-%d.csv"
        .formatted(name, trace.channel(), trace.trc(), trace.segment(), plan.start(), plan.stop());
  }

  /** What a client needs to draw: see the reference page. */
  private ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("product", waveform.place().fullKey());
    node.put("channel", trace.channel()).put("trc", trace.trc()).put("segment", trace.segment());
    facts().forEach((name, value) -> node.set(name, Json.node(value)));
    node.put("units", units.text());
    node.put("buckets", values.buckets());
    node.putPOJO("min", values.minima());
    node.putPOJO("max", values.maxima());
    return node;
  }

  private Map<String, Object> facts() {
    double interval = waveform.scale().interval();
    return Map.of(
        "start", plan.start(),
        "stop", plan.stop(),
        "bucket_samples", plan.bucketSamples(),
        "dt", interval,
        "t0", plan.start() * interval,
        "t1", (plan.stop() - 1) * interval,
        "level_samples", bulkSamples());
  }

  /** Samples in a bin of the level that most of the envelope comes from. */
  private long bulkSamples() {
    long most = 1;
    for (EnvelopePlan.Run run : plan.runs()) {
      most = Math.max(most, waveform.levels().get(run.level()).samplesPerBin());
    }
    return most;
  }

  private void headers(Exchange exchange) {
    exchange.header("X-Shape", "2," + values.buckets());
    exchange.header("X-Dtype", values.dtype());
    exchange.header("X-Units", units.text());
    facts().forEach((name, value) -> exchange.header(headerName(name), String.valueOf(value)));
  }

  /** {@code bucket_samples} becomes {@code X-Bucket-Samples}. */
  static String headerName(String fact) {
    StringBuilder name = new StringBuilder("X");
    for (String part : fact.split("_")) {
      name.append('-').append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    }
    return name.toString();
  }

  /** NumPy's file format, version 1.0: shape (2, bucket). */
  private byte[] npy() {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (2, %d), }"
            .formatted(values.dtype(), values.buckets());
    int unpadded = 10 + header.length() + 1;
    String padded = header + " ".repeat((64 - unpadded % 64) % 64) + "\n";
    ByteBuffer out =
        ByteBuffer.allocate(10 + padded.length() + values.bytes().length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) 1).put((byte) 0).putShort((short) padded.length());
    out.put(padded.getBytes(StandardCharsets.US_ASCII)).put(values.bytes());
    return out.array();
  }

  private void csv(Writer out) throws IOException {
    out.write("sample,time_s,samples,min_" + units.text() + ",max_" + units.text() + "\r\n");
    double[] all =
        new Block(values.type(), Shape.of(2, values.buckets()), values.bytes()).toDoubles();
    boolean single = values.type() == Primitive.FLOAT32;
    for (int i = 0; i < values.buckets(); i++) {
      long first = plan.firstSample(i);
      long next = i + 1 < values.buckets() ? plan.firstSample(i + 1) : plan.stop();
      out.write(first + "," + first * waveform.scale().interval() + "," + (next - first));
      for (double v : new double[] {all[i], all[values.buckets() + i]}) {
        out.write(",");
        out.write(single ? Float.toString((float) v) : number(v));
      }
      out.write("\r\n");
    }
  }

  private static String number(double v) {
    return v == Math.rint(v) && Math.abs(v) < 1L << 53
        ? Long.toString((long) v)
        : Double.toString(v);
  }
}
