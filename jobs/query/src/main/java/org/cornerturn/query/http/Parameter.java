package org.cornerturn.query.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A parameter of operations: how it is read from a request and how it is told in the API's
 * description. Values are immutable; {@code Exchange.value} and {@code Exchange.optional} read
 * them.
 *
 * @param <T> what its text stands for
 */
public final class Parameter<T> {
  /** Where a parameter stands in a request. */
  public enum In {
    PATH,
    QUERY,
    HEADER
  }

  private static final int LONGEST = 16_384;
  private static final Set<String> YES = Set.of("1", "true", "yes", "on", "");
  private static final Set<String> NO = Set.of("0", "false", "no", "off");

  private final String name;
  private final In in;
  private final String description;
  private final boolean isRequired;
  private final T fallback;
  private final boolean isRepeated;
  private final ObjectNode schema;
  private final Function<List<String>, T> reader;

  private Parameter(
      String name,
      In in,
      String description,
      boolean isRequired,
      T fallback,
      boolean isRepeated,
      ObjectNode schema,
      Function<List<String>, T> reader) {
    this.name = name;
    this.in = in;
    this.description = description;
    this.isRequired = isRequired;
    this.fallback = fallback;
    this.isRepeated = isRepeated;
    this.schema = schema;
    this.reader = reader;
  }

  private static <T> Parameter<T> single(
      String name, String description, ObjectNode schema, Function<String, T> reader) {
    return new Parameter<>(
        name,
        In.QUERY,
        description,
        false,
        null,
        false,
        schema,
        texts -> {
          if (texts.size() > 1) {
            throw new IllegalArgumentException("it is given " + texts.size() + " times");
          }
          return reader.apply(texts.get(0));
        });
  }

  private static ObjectNode schema(String type) {
    return Json.object().put("type", type);
  }

  /** Any text of up to 16,384 characters without control characters. */
  public static Parameter<String> text(String name, String description) {
    return single(name, description, schema("string"), Parameter::checkedText);
  }

  /** Texts, the parameter repeated for each. */
  public static Parameter<List<String>> texts(String name, String description) {
    ObjectNode schema = schema("array");
    schema.set("items", schema("string"));
    return new Parameter<>(
        name,
        In.QUERY,
        description,
        false,
        List.of(),
        true,
        schema,
        texts -> {
          List<String> all = new ArrayList<>();
          texts.forEach(t -> all.add(checkedText(t)));
          return List.copyOf(all);
        });
  }

  /** A text that something else makes sense of; its complaint is told to the asker. */
  public static <T> Parameter<T> parsed(
      String name, String description, Function<String, T> parser) {
    return single(name, description, schema("string"), t -> parser.apply(checkedText(t)));
  }

  public static Parameter<Long> integer(String name, String description) {
    return single(
        name, description, schema("integer").put("format", "int64"), Parameter::parseLong);
  }

  /** A whole number in a range, both ends in it. */
  public static Parameter<Long> integer(String name, String description, long least, long most) {
    ObjectNode schema = schema("integer").put("format", "int64");
    schema.put("minimum", least).put("maximum", most);
    return single(
        name,
        description,
        schema,
        text -> {
          long v = parseLong(text);
          if (v < least || v > most) {
            throw new IllegalArgumentException(v + " is not in " + least + " to " + most);
          }
          return v;
        });
  }

  /** A finite number. */
  public static Parameter<Double> number(String name, String description) {
    return single(name, description, schema("number"), Parameter::parseDouble);
  }

  /** 1, true, yes, on; 0, false, no, off. */
  public static Parameter<Boolean> flag(String name, String description) {
    return single(
        name,
        description,
        schema("boolean"),
        text -> {
          String t = text.strip().toLowerCase(Locale.ROOT);
          if (YES.contains(t)) {
            return true;
          }
          if (NO.contains(t)) {
            return false;
          }
          throw new IllegalArgumentException("'" + shown(text) + "' is neither true nor false");
        });
  }

  /** One of some words. */
  public static <T> Parameter<T> choice(
      String name, String description, Map<String, ? extends T> choices) {
    ObjectNode schema = schema("string");
    choices.keySet().stream().sorted().forEach(schema.withArray("enum")::add);
    return single(
        name,
        description,
        schema,
        text -> {
          T chosen = choices.get(text);
          if (chosen == null) {
            throw new IllegalArgumentException(
                "'" + shown(text) + "' is none of " + String.join(", ", choices.keySet()));
          }
          return chosen;
        });
  }

  /** One of an enum's constants, written in lower case. */
  public static <E extends Enum<E>> Parameter<E> choice(
      String name, String description, Class<E> choices) {
    Map<String, E> words = new java.util.LinkedHashMap<>();
    for (E e : choices.getEnumConstants()) {
      words.put(e.name().toLowerCase(Locale.ROOT), e);
    }
    return choice(name, description, words);
  }

  /** The same with a value where none is given. */
  public Parameter<T> or(T value) {
    ObjectNode told = schema.deepCopy();
    told.set(
        "default",
        value instanceof Enum<?> e
            ? Json.node(e.name().toLowerCase(Locale.ROOT))
            : Json.node(value));
    return new Parameter<>(name, in, description, false, value, isRepeated, told, reader);
  }

  /** The same, but it must be given. */
  public Parameter<T> required() {
    return new Parameter<>(name, in, description, true, null, isRepeated, schema, reader);
  }

  /** The same as a part of the path. */
  public Parameter<T> inPath() {
    return new Parameter<>(name, In.PATH, description, true, null, false, schema, reader);
  }

  /** The same as a header. */
  public Parameter<T> inHeader() {
    return new Parameter<>(
        name, In.HEADER, description, isRequired, fallback, false, schema, reader);
  }

  public String name() {
    return name;
  }

  public In in() {
    return in;
  }

  String description() {
    return description;
  }

  boolean isRequired() {
    return isRequired;
  }

  ObjectNode schema() {
    return schema;
  }

  /**
   * Its value, or null where it is left out and has no default.
   *
   * @param texts as they stand in the request, decoded
   */
  T read(List<String> texts) {
    if (texts.isEmpty()) {
      if (isRequired) {
        throw Problem.invalid(name, "it is required");
      }
      return fallback;
    }
    try {
      return reader.apply(texts);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(name, e.getMessage() == null ? "it is malformed" : e.getMessage());
    }
  }

  private static String checkedText(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "it has " + text.length() + " characters; " + LONGEST + " are the most");
    }
    if (text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f)) {
      throw new IllegalArgumentException("it has control characters");
    }
    return text;
  }

  private static long parseLong(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + shown(text) + "' is no whole number", e);
    }
  }

  private static double parseDouble(String text) {
    try {
      double v = Double.parseDouble(text.strip());
      if (Double.isFinite(v)) {
        return v;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + shown(text) + "' is no number", e);
    }
    throw new IllegalArgumentException("'" + shown(text) + "' is not finite");
  }

  private static String shown(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "...";
  }
}
