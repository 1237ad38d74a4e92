package org.cornerturn.query.zarr;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.query.RequestMemory;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;

/**
 * Sends objects as they are stored. The first bytes are read before anything is answered, so that a
 * store that fails gives an error; where it fails later the connection is broken, since the length
 * is told already.
 */
final class StoredObject {
  /** Objects up to this size are whole in memory before the answer begins. */
  private static final int PIECE = 4 << 20;

  private static final String BINARY = "application/octet-stream";

  /** Types that a browser shows without running anything. */
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "json", "application/json",
          "txt", "text/plain; charset=utf-8",
          "csv", "text/csv; charset=utf-8",
          "png", "image/png",
          "jpg", "image/jpeg",
          "fits", "application/fits",
          "h5", "application/x-hdf5",
          "hdf5", "application/x-hdf5",
          "uvh5", "application/x-hdf5",
          "parquet", "application/vnd.apache.parquet");

  private final RequestMemory memory;

  StoredObject(RequestMemory memory) {
    this.memory = memory;
  }

  /**
   * The object, or a 404 for one that may not be read as for one that isn't there: readers of Zarr
   * take 404 alone for a chunk that was never written, and a bucket that may not be listed says 403
   * of what it hasn't got.
   */
  static ObjectStatus find(Located place) {
    try {
      return (place.key().isEmpty()
              ? Optional.<ObjectStatus>empty()
              : place.store().status(place.key()))
          .orElseThrow(() -> absent(place));
    } catch (AccessDeniedException e) {
      throw absent(place);
    } catch (IOException e) {
      throw place.failed(e);
    }
  }

  private static Problem absent(Located place) {
    return Problem.notFound("File not found: " + place.fullKey());
  }

  /** Answers GET and HEAD, with conditions and a range. */
  void send(Exchange exchange, Located place, ObjectStatus status) throws Exception {
    String etag = Conditional.etag(status.version(), "object");
    Instant modified = Instant.ofEpochSecond(status.modifiedMillis() / 1000);
    exchange.header("Accept-Ranges", "bytes");
    exchange.header("Last-Modified", httpDate(modified));
    if (exchange.header("If-Match").filter(m -> !names(m, etag)).isPresent()) {
      throw Problem.preconditionFailed(place.fullKey() + " is another version");
    }
    if (exchange.isAnsweredBy(etag)) {
      return;
    }
    if (exchange.header("If-None-Match").isEmpty()
        && parsed(exchange.header("If-Modified-Since"))
            .filter(t -> !modified.isAfter(t))
            .isPresent()) {
      exchange.empty(304);
      return;
    }
    long size = status.size();
    boolean ranged =
        exchange.header("If-Range").map(r -> isCurrent(r, etag, modified)).orElse(true);
    Optional<ByteRange> range =
        ranged ? ByteRange.of(exchange.header("Range").orElse(null), size) : Optional.empty();
    if (range.isPresent()) {
      exchange.status(206);
      exchange.header("Content-Range", range.get().contentRange(size));
    }
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(size);
    String type = mediaType(status.key());
    if (exchange.isHead() || length == 0) {
      exchange.stream(type, length, out -> {});
      return;
    }
    body(exchange, place, status, type, first, length);
  }

  private void body(
      Exchange exchange, Located place, ObjectStatus status, String type, long first, long length)
      throws Exception {
    int piece = (int) Math.min(PIECE, length);
    RequestMemory.Reservation held = memory.reserve(piece, exchange.deadline());
    try (ObjectChannel channel = open(place, status)) {
      byte[] bytes = new byte[piece];
      try {
        channel.readFully(first, bytes, 0, piece);
      } catch (IOException e) {
        throw failed(place, e);
      }
      if (length == piece) {
        exchange.bytes(type, bytes);
        return;
      }
      exchange.stream(
          type,
          length,
          out -> {
            out.write(bytes, 0, piece);
            for (long at = piece; at < length; ) {
              exchange.deadline().check();
              int n = (int) Math.min(bytes.length, length - at);
              channel.readFully(first + at, bytes, 0, n);
              out.write(bytes, 0, n);
              at += n;
            }
          });
    } finally {
      held.close();
    }
  }

  private static ObjectChannel open(Located place, ObjectStatus status) {
    try {
      return place.store().open(status);
    } catch (IOException e) {
      throw failed(place, e);
    }
  }

  /** An object that ended early or is gone now was there a moment ago: the store's fault. */
  private static Problem failed(Located place, IOException e) {
    if (e instanceof NoSuchFileException || e instanceof AccessDeniedException) {
      return absent(place);
    }
    if (e instanceof EOFException) {
      return Problem.badGateway(place.fullKey() + " is shorter than its store said", e);
    }
    return place.failed(e);
  }

  private static boolean names(String header, String etag) {
    for (String candidate : header.split(",")) {
      String c = candidate.strip();
      if (c.equals("*") || c.equals(etag)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an If-Range is about what is stored: a strong tag, or exactly the date. */
  private static boolean isCurrent(String header, String etag, Instant modified) {
    return header.startsWith("\"")
        ? header.strip().equals(etag)
        : parsed(Optional.of(header)).filter(modified::equals).isPresent();
  }

  private static Optional<Instant> parsed(Optional<String> date) {
    try {
      return date.map(
          d -> ZonedDateTime.parse(d, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // A date that is none is passed over (RFC 9110, 13.1.3).
    }
  }

  private static String httpDate(Instant t) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
        .format(t.atOffset(ZoneOffset.UTC));
  }

  static String mediaType(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (name.equals(".zarray")
        || name.equals(".zgroup")
        || name.equals(".zattrs")
        || name.equals(".zmetadata")) {
      return "application/json";
    }
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return MEDIA_TYPES.getOrDefault(ending, BINARY);
  }
}
