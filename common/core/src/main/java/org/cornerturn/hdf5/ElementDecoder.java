package org.cornerturn.hdf5;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.StoredType.VariableSequence;

/** Makes blocks of stored elements. */
final class ElementDecoder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ElementForm form;
  private final ElementValues values;

  ElementDecoder(ElementForm form, ElementValues values) {
    this.form = form;
    this.values = values;
  }

  /** An array that holds {@code n} elements in the form of a {@link Block}. */
  Object allocate(long n) {
    if (n > Integer.MAX_VALUE - 16) {
      throw FormatFault.unsupported("a block of " + n + " elements at once");
    }
    return switch (form.kind()) {
      case FIXED -> {
        long bytes = n * form.fixed().itemSize();
        if (bytes > Integer.MAX_VALUE - 16) {
          throw FormatFault.unsupported("a block of " + bytes + " bytes at once");
        }
        yield new byte[(int) bytes];
      }
      case SEQUENCE -> new byte[(int) n][];
      default -> new String[(int) n];
    };
  }

  /** Array components per element, as {@link org.cornerturn.array.BoxCopy} counts them. */
  int width() {
    return form.kind() == ElementForm.Kind.FIXED ? form.fixed().itemSize() : 1;
  }

  /** Decodes {@code n} elements that lie densely in {@code stored}. */
  void decode(byte[] stored, int at, Object target, int first, int n) throws IOException {
    int size = form.stored().size();
    switch (form.kind()) {
      case FIXED ->
          form.fixed().convert(stored, at, (byte[]) target, first * form.fixed().itemSize(), n);
      case SEQUENCE -> {
        for (int i = 0; i < n; i++) {
          ((byte[][]) target)[first + i] = sequence(stored, at + i * size);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          ((String[]) target)[first + i] = text(stored, at + i * size);
        }
      }
    }
  }

  private byte[] sequence(byte[] stored, int at) throws IOException {
    values.renew();
    byte[] bytes = values.sequenceBytes((VariableSequence) form.stored(), stored, at);
    int n = bytes.length / form.fixed().storedSize();
    byte[] out = new byte[Math.multiplyExact(n, form.fixed().itemSize())];
    form.fixed().convert(bytes, 0, out, 0, n);
    return out;
  }

  private String text(byte[] stored, int at) throws IOException {
    if (form.kind() == ElementForm.Kind.TEXT) {
      values.renew();
      return values.text(stored, at);
    }
    Object value = values.value(form.stored(), stored, at);
    if (form.kind() == ElementForm.Kind.REFERENCE) {
      return (String) value;
    }
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is not JSON", e);
    }
  }

  Block block(byte[] stored, Shape shape) throws IOException {
    int n = Math.toIntExact(shape.size());
    Object target = allocate(n);
    decode(stored, 0, target, 0, n);
    return new Block(form.dataType(), shape, target);
  }
}
