package org.cornerturn.query.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/**
 * Files that travel in the program's jar, answered with ETags and compressed where the asker takes
 * it. Each is read and compressed once; there are only as many as the jar has.
 */
public final class Resources {
  private static final int SMALLEST_COMPRESSED = 1_024;

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("md", "text/markdown; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("woff2", "font/woff2"));

  private record File(byte[] plain, byte[] gzip, String mediaType, String etag) {}

  private final String folder;
  private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

  /**
   * @param folder on the class path, without slashes at its ends
   */
  public Resources(String folder) {
    this.folder = folder;
  }

  /** Whether there is such a file. */
  public boolean has(String name) throws IOException {
    return find(name).isPresent();
  }

  /**
   * Answers with a file.
   *
   * @param cacheControl how long it may be kept
   * @throws Problem 404 when there is none
   */
  public void answer(Exchange exchange, String name, String cacheControl) throws IOException {
    File file = find(name).orElseThrow(() -> Problem.notFound("There is nothing at this address"));
    boolean isCompressed =
        file.gzip() != null
            && exchange
                .header("Accept-Encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
    exchange.header("Cache-Control", cacheControl);
    if (file.gzip() != null) {
      exchange.header("Vary", "Accept-Encoding");
    }
    String etag = file.etag().replaceFirst("\"$", isCompressed ? "-gzip\"" : "\"");
    if (exchange.isAnsweredBy(etag)) {
      return;
    }
    if (isCompressed) {
      exchange.header("Content-Encoding", "gzip");
    }
    exchange.bytes(file.mediaType(), isCompressed ? file.gzip() : file.plain());
  }

  private Optional<File> find(String name) throws IOException {
    if (!name.matches("[A-Za-z0-9_@./-]+") || name.contains("..") || name.startsWith("/")) {
      return Optional.empty();
    }
    Optional<File> known = files.get(name);
    if (known != null) {
      return known;
    }
    Optional<File> read = read(name);
    if (read.isPresent()) { // What is not there is not kept: anybody can ask for any name.
      files.put(name, read);
    }
    return read;
  }

  private Optional<File> read(String name) throws IOException {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    String mediaType = MEDIA_TYPES.get(extension);
    if (mediaType == null) {
      return Optional.empty();
    }
    try (InputStream in =
        Resources.class.getClassLoader().getResourceAsStream(folder + "/" + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] plain = in.readAllBytes();
      boolean isText = !extension.equals("png") && !extension.equals("woff2");
      byte[] gzip = isText && plain.length >= SMALLEST_COMPRESSED ? compressed(plain) : null;
      return Optional.of(
          new File(
              plain,
              gzip,
              mediaType,
              Conditional.etag(Integer.toHexString(java.util.Arrays.hashCode(plain)), name)));
    }
  }

  private static byte[] compressed(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
