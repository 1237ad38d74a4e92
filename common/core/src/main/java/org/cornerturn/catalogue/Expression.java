package org.cornerturn.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A formula of columns, as mappings of catalogues have them: numbers, names of columns (in
 * backquotes where they aren't plain words), {@code + - * / ^}, comparisons, {@code and or not},
 * parentheses, and the functions sqrt, abs, log10, exp, min, max, hypot, isnan. Truth is 1 and 0;
 * what a missing value takes part in is NaN, and a comparison with it is false.
 */
public final class Expression {
  /** A part of a formula: its value of a row. */
  @FunctionalInterface
  private interface Node {
    double of(double[] row);
  }

  private final String text;
  private final List<String> columns = new ArrayList<>();
  private final Node root;
  private int at;

  /**
   * @throws IllegalArgumentException saying where it goes wrong
   */
  public Expression(String text) {
    this.text = text;
    this.root = or();
    skip();
    if (at < text.length()) {
      throw wrong("something is left");
    }
  }

  /** The columns that it names, each once; values come in this order. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** Whether it is a column and nothing else. */
  public boolean isColumn() {
    return columns.size() == 1 && text.strip().replace("`", "").equals(columns.get(0));
  }

  /**
   * @param row values of {@link #columns()}
   */
  public double of(double[] row) {
    return root.of(row);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("'" + text + "', character " + (at + 1) + ": " + what);
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean takes(String sign) {
    skip();
    if (!text.startsWith(sign, at)) {
      return false;
    }
    int end = at + sign.length();
    boolean word = Character.isLetter(sign.charAt(0));
    if (word && end < text.length() && isWord(text.charAt(end))) {
      return false;
    }
    at = end;
    return true;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  private Node or() {
    Node left = and();
    while (takes("or")) {
      Node a = left;
      Node b = and();
      left = row -> a.of(row) == 1 || b.of(row) == 1 ? 1 : 0;
    }
    return left;
  }

  private Node and() {
    Node left = comparison();
    while (takes("and")) {
      Node a = left;
      Node b = comparison();
      left = row -> a.of(row) == 1 && b.of(row) == 1 ? 1 : 0;
    }
    return left;
  }

  private Node comparison() {
    if (takes("not")) {
      Node a = comparison();
      return row -> a.of(row) == 1 ? 0 : 1;
    }
    Node a = sum();
    for (String sign : List.of("<=", ">=", "==", "!=", "<", ">")) {
      if (takes(sign)) {
        Node b = sum();
        return switch (sign) {
          case "<=" -> row -> a.of(row) <= b.of(row) ? 1 : 0;
          case ">=" -> row -> a.of(row) >= b.of(row) ? 1 : 0;
          case "==" -> row -> a.of(row) == b.of(row) ? 1 : 0;
          case "!=" -> row -> Math.abs(a.of(row) - b.of(row)) > 0 ? 1 : 0;
          case "<" -> row -> a.of(row) < b.of(row) ? 1 : 0;
          default -> row -> a.of(row) > b.of(row) ? 1 : 0;
        };
      }
    }
    return a;
  }

  private Node sum() {
    Node left = product();
    while (true) {
      Node a = left;
      if (takes("+")) {
        Node b = product();
        left = row -> a.of(row) + b.of(row);
      } else if (takes("-")) {
        Node b = product();
        left = row -> a.of(row) - b.of(row);
      } else {
        return left;
      }
    }
  }

  private Node product() {
    Node left = signed();
    while (true) {
      Node a = left;
      if (takes("*")) {
        Node b = signed();
        left = row -> a.of(row) * b.of(row);
      } else if (takes("/")) {
        Node b = signed();
        left = row -> a.of(row) / b.of(row);
      } else {
        return left;
      }
    }
  }

  private Node signed() {
    if (takes("-")) {
      Node a = signed();
      return row -> -a.of(row);
    }
    Node base = atom();
    if (takes("^")) {
      Node power = signed();
      return row -> Math.pow(base.of(row), power.of(row));
    }
    return base;
  }

  private Node atom() {
    skip();
    if (at == text.length()) {
      throw wrong("it ends too early");
    }
    char c = text.charAt(at);
    if (takes("(")) {
      Node inside = or();
      close();
      return inside;
    }
    if (c == '`') {
      int end = text.indexOf('`', at + 1);
      if (end < 0) {
        throw wrong("a backquote is missing");
      }
      String name = text.substring(at + 1, end);
      at = end + 1;
      return column(name);
    }
    int start = at;
    if (Character.isDigit(c) || c == '.') {
      while (at < text.length() && isNumber(start)) {
        at++;
      }
      try {
        double value = Double.parseDouble(text.substring(start, at));
        return row -> value;
      } catch (NumberFormatException e) {
        throw wrong("no number: " + text.substring(start, at));
      }
    }
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw wrong("'" + c + "' has no place here");
    }
    String word = text.substring(start, at);
    return takes("(") ? function(word) : column(word);
  }

  private boolean isNumber(int start) {
    char c = text.charAt(at);
    boolean exponent = at > start && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
    return Character.isDigit(c)
        || c == '.'
        || c == 'e'
        || c == 'E'
        || exponent && (c == '+' || c == '-');
  }

  private void close() {
    if (!takes(")")) {
      throw wrong("a parenthesis is missing");
    }
  }

  private Node column(String name) {
    int known = columns.indexOf(name);
    int place = known < 0 ? columns.size() : known;
    if (known < 0) {
      columns.add(name);
    }
    return row -> row[place];
  }

  private Node function(String name) {
    List<Node> given = new ArrayList<>();
    do {
      given.add(or());
    } while (takes(","));
    close();
    int wanted = List.of("min", "max", "hypot").contains(name) ? 2 : 1;
    if (given.size() != wanted) {
      throw wrong(name + " takes " + wanted);
    }
    Node a = given.get(0);
    Node b = given.get(wanted - 1);
    ToDoubleFunction<double[]> of =
        switch (name) {
          case "sqrt" -> row -> Math.sqrt(a.of(row));
          case "abs" -> row -> Math.abs(a.of(row));
          case "log10" -> row -> Math.log10(a.of(row));
          case "exp" -> row -> Math.exp(a.of(row));
          case "isnan" -> row -> Double.isNaN(a.of(row)) ? 1 : 0;
          case "min" -> row -> Math.min(a.of(row), b.of(row));
          case "max" -> row -> Math.max(a.of(row), b.of(row));
          case "hypot" -> row -> Math.hypot(a.of(row), b.of(row));
          default -> throw wrong("there is no function " + name);
        };
    return of::applyAsDouble;
  }
}
