package org.cornerturn.query.hdf5;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** JSON with many numbers in it: float32 and float64 as the shortest text that gives them again. */
public final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  static {
    FACTORY.setCodec(new ObjectMapper());
  }

  private JsonText() {}

  /** Writes a document. */
  @FunctionalInterface
  public interface Writer {
    void write(JsonGenerator g) throws IOException;
  }

  /** The document as a reply. */
  public static Reply reply(Writer writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator g = FACTORY.createGenerator(out)) {
      writer.write(g);
    }
    return Reply.of("application/json", out.toByteArray());
  }
}
