package org.cornerturn.uvh5;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;

/** Header items as numbers and texts, with faults that name them. */
final class Items {
  static final String HEADER = "/Header";

  private final HeaderSource source;

  Items(HeaderSource source) {
    this.source = source;
  }

  HeaderSource source() {
    return source;
  }

  static String path(String item) {
    return HEADER + "/" + item;
  }

  Uvh5Exception fault(String item, String problem) {
    return Uvh5Exception.of(source.name(), path(item), problem);
  }

  /** Whether an item has elements. */
  boolean has(String item) throws IOException {
    return source.shape(path(item)).filter(s -> s.size() > 0).isPresent();
  }

  Shape shape(String item) throws IOException {
    return source.shape(path(item)).orElseThrow(() -> fault(item, "it is missing"));
  }

  Optional<Block> block(String item) throws IOException {
    return source.read(path(item));
  }

  private Block required(String item) throws IOException {
    Optional<Block> block = block(item);
    if (block.isEmpty() || block.get().shape().size() == 0) {
      throw fault(item, source.shape(path(item)).isEmpty() ? "it is missing" : "it is empty");
    }
    return block.get();
  }

  /** Real numbers of an item that must be there. */
  double[] numbers(String item) throws IOException {
    return numbers(item, required(item));
  }

  private double[] numbers(String item, Block block) throws IOException {
    if (!(block.type() instanceof Primitive p) || p.isComplex()) {
      throw fault(item, "it holds " + block.type() + ", no real numbers");
    }
    return block.toDoubles();
  }

  /** A single number that must be there. */
  double number(String item) throws IOException {
    double[] all = numbers(item);
    if (all.length != 1) {
      throw fault(item, "it holds " + all.length + " numbers instead of one");
    }
    return all[0];
  }

  OptionalDouble optionalNumber(String item) throws IOException {
    return has(item) ? OptionalDouble.of(number(item)) : OptionalDouble.empty();
  }

  /** A count that must be there. */
  long count(String item) throws IOException {
    double v = number(item);
    if (v < 0 || v != Math.rint(v) || v > 1L << 53) {
      throw fault(item, "it is " + v + ", no count");
    }
    return (long) v;
  }

  int smallCount(String item) throws IOException {
    long n = count(item);
    if (n > Integer.MAX_VALUE) {
      throw fault(item, "it is " + n + ", more than 2^31");
    }
    return (int) n;
  }

  int[] integers(String item) throws IOException {
    double[] values = numbers(item);
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) values[i];
      if (out[i] != values[i]) {
        throw fault(item, "element " + i + " is " + values[i] + ", no whole number");
      }
    }
    return out;
  }

  boolean isTrue(String item) throws IOException {
    return has(item) && number(item) != 0;
  }

  String text(String item) throws IOException {
    List<String> all = texts(item, required(item));
    if (all.size() != 1) {
      throw fault(item, "it holds " + all.size() + " texts instead of one");
    }
    return all.get(0);
  }

  Optional<String> optionalText(String item) throws IOException {
    return has(item) ? Optional.of(text(item)) : Optional.empty();
  }

  List<String> texts(String item) throws IOException {
    return texts(item, required(item));
  }

  private List<String> texts(String item, Block block) throws IOException {
    List<String> out = new ArrayList<>();
    if (block.type() instanceof DataType.Text) {
      for (String s : block.text()) {
        out.add(s);
      }
    } else if (block.type() instanceof DataType.FixedText t) {
      byte[] bytes = block.bytes();
      for (int at = 0; at < bytes.length; at += t.length()) {
        int n = t.length();
        while (n > 0 && bytes[at + n - 1] == 0) {
          n--;
        }
        out.add(new String(bytes, at, n, StandardCharsets.UTF_8));
      }
    } else {
      throw fault(item, "it holds " + block.type() + ", no text");
    }
    return out;
  }

  /** A value as {@code Long}, {@code Double}, {@code Boolean}, {@code String} or a list of them. */
  Optional<Object> value(String item) throws IOException {
    Optional<Block> found = block(item);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Block block = found.get();
    List<Object> all = new ArrayList<>();
    if (block.type() instanceof Primitive p && !p.isComplex()) {
      for (double v : block.toDoubles()) {
        all.add(p == Primitive.BOOL ? (Object) (v != 0) : p.isFloat() ? (Object) v : null);
      }
      if (p.isInteger()) {
        all = integerList(block);
      }
    } else if (block.type() instanceof DataType.Text
        || block.type() instanceof DataType.FixedText) {
      all.addAll(texts(item, block));
    } else {
      return Optional.empty();
    }
    return Optional.of(block.shape().rank() == 0 ? all.get(0) : List.copyOf(all));
  }

  private static List<Object> integerList(Block block) {
    List<Object> all = new ArrayList<>();
    Primitive p = (Primitive) block.type();
    if (p == Primitive.INT64) {
      for (long v : block.longs()) {
        all.add(v);
      }
    } else if (p == Primitive.UINT64) {
      for (long v : block.longs()) {
        all.add(v >= 0 ? (Object) v : new BigDecimal(Long.toUnsignedString(v)));
      }
    } else {
      for (double v : block.toDoubles()) {
        all.add((long) v);
      }
    }
    return all;
  }
}
