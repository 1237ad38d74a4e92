package org.cornerturn.query.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Problem;

/**
 * Lets queries through that do nothing but compute on tables: one SELECT, whose syntax tree (as
 * DuckDB itself parses it) has only nodes and functions of lists. Whatever isn't on a list is
 * refused: statements other than SELECT, table functions (files, settings, catalogues), names with
 * a schema or catalogue, recursion, functions that make large values of small ones.
 */
final class SqlGate {
  private static final String QUERY = "query";
  private static final int MOST_DEPTH = 200;
  private static final int MOST_NODES = 20_000;

  /** Arguments of functions that join values, in a whole query: values grow with their product. */
  private static final int MOST_JOINED = 10;

  private static final Set<String> JOINING =
      Set.of("concat", "concat_ws", "||", "list_value", "struct_pack", "row");

  /** Functions that keep as many values for each group as another argument says. */
  private static final Map<String, Integer> MOST_ARGUMENTS =
      Map.of(
          "min", 1, "max", 1, "arg_min", 2, "arg_max", 2, "min_by", 2, "max_by", 2, "argmin", 2,
          "argmax", 2);

  /** Types of casts: single values, whose size doesn't come from the query. */
  private static final Set<String> TYPES =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL",
          "VARCHAR",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP WITH TIME ZONE",
          "TIMESTAMPTZ",
          "INTERVAL");

  private static final Set<String> QUERY_NODES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE");

  private static final Set<String> TABLE_REFERENCES =
      Set.of("BASE_TABLE", "SUBQUERY", "JOIN", "EMPTY", "EXPRESSION_LIST");

  private static final Set<String> EXPRESSIONS =
      Set.of(
          "CASE",
          "CAST",
          "COLUMN_REF",
          "COMPARISON",
          "CONJUNCTION",
          "CONSTANT",
          "FUNCTION",
          "OPERATOR",
          "STAR",
          "SUBQUERY",
          "TYPE",
          "WINDOW",
          "BETWEEN",
          "COLLATE",
          "POSITIONAL_REFERENCE",
          "LAMBDA",
          "LAMBDA_REF");

  private final Connection parser;
  private final Set<String> functions;

  /**
   * @param parser parses only; no table is ever in it
   */
  SqlGate(Connection parser) {
    this.parser = parser;
    this.functions = functions();
  }

  private static Set<String> functions() {
    try (InputStream in = SqlGate.class.getResourceAsStream("functions.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(l -> !l.startsWith("#"))
          .flatMap(l -> java.util.stream.Stream.of(l.split(" ")))
          .filter(l -> !l.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The tables that a query names.
   *
   * @throws Problem 400 when it is not let through
   */
  Set<String> tables(String sql) {
    JsonNode tree = parsed(sql);
    if (tree.path("error").asBoolean(true)) {
      throw refused(tree.path("error_message").asText("it can't be parsed"));
    }
    JsonNode statements = tree.path("statements");
    if (statements.size() != 1) {
      throw refused("it is " + statements.size() + " statements; one SELECT is answered");
    }
    Walk walk = new Walk();
    walk.node(statements.get(0).path("node"), 0);
    walk.tables.removeAll(walk.named);
    return walk.tables;
  }

  private synchronized JsonNode parsed(String sql) {
    try (PreparedStatement s = parser.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
      s.setString(1, sql);
      try (ResultSet r = s.executeQuery()) {
        r.next();
        return Json.mapper().readTree(r.getString(1));
      }
    } catch (SQLException e) {
      throw refused(SqlEngine.message(e));
    } catch (IOException e) {
      throw refused("its syntax tree is larger than this service reads");
    }
  }

  static Problem refused(String why) {
    return Problem.invalid(QUERY, why);
  }

  /** Goes through the whole tree: an object with a class or a type is a node of some family. */
  private final class Walk {
    private final Set<String> tables = new TreeSet<>();

    /** Names of common table expressions. */
    private final Set<String> named = new HashSet<>();

    private int nodes;
    private int joined;

    void node(JsonNode node, int depth) {
      if (depth > MOST_DEPTH || ++nodes > MOST_NODES) {
        throw refused("it is too large or nested too deeply");
      }
      if (node.isArray()) {
        node.forEach(n -> node(n, depth + 1));
      } else if (node.isObject()) {
        if (node.has("class")) {
          expression(node);
        } else if (node.has("type") && node.get("type").isTextual()) {
          typed(node);
        }
        names(node);
        for (Map.Entry<String, JsonNode> e : node.properties()) {
          // A constant's value may be any JSON; it is data.
          boolean data = node.path("class").asText().equals("CONSTANT") && e.getValue().isObject();
          if (!data) {
            node(e.getValue(), depth + 1);
          }
        }
      }
    }

    private void names(JsonNode node) {
      JsonNode map = node.path("cte_map").path("map");
      map.forEach(e -> named.add(e.path("key").asText()));
      if (node.path("type").asText().equals("CTE_NODE")) {
        named.add(node.path("cte_name").asText());
      }
    }

    private void expression(JsonNode node) {
      String family = node.get("class").asText();
      if (!EXPRESSIONS.contains(family)) {
        throw refused("expressions of the kind " + family + " are not answered");
      }
      if (family.equals("TYPE")
          && !TYPES.contains(node.path("type_name").asText().toUpperCase(Locale.ROOT))) {
        throw refused("casts to " + node.path("type_name").asText() + " are not answered");
      }
      if (family.equals("FUNCTION") || family.equals("WINDOW")) {
        function(node);
      }
    }

    private void function(JsonNode node) {
      String name = node.path("function_name").asText().toLowerCase(Locale.ROOT);
      boolean plain =
          node.at("/qualified_name/path").size() <= 1
              && node.path("catalog").asText().isEmpty()
              && (node.path("schema").asText().isEmpty()
                  || node.path("schema").asText().equals("main"));
      if (!plain || !functions.contains(name)) {
        throw refused("the function " + name + " is not answered");
      }
      int arguments = node.path("arguments").size() + node.path("children").size();
      if (arguments > MOST_ARGUMENTS.getOrDefault(name, Integer.MAX_VALUE)) {
        throw refused("the function " + name + " takes one number fewer");
      }
      if (JOINING.contains(name)) {
        joined += arguments;
        if (joined > MOST_JOINED) {
          throw refused("it joins more than " + MOST_JOINED + " values");
        }
      }
    }

    private void typed(JsonNode node) {
      String type = node.get("type").asText();
      if (type.endsWith("_NODE")) {
        if (!QUERY_NODES.contains(type)) {
          throw refused("queries of the kind " + type + " are not answered");
        }
      } else if (node.has("sample") && node.has("alias")) {
        if (!TABLE_REFERENCES.contains(type)) {
          throw refused("tables of the kind " + type + " are not answered");
        }
        if (type.equals("BASE_TABLE")) {
          table(node);
        }
      }
    }

    private void table(JsonNode node) {
      String name = node.path("table_name").asText();
      if (!node.path("schema_name").asText().isEmpty()
          || !node.path("catalog_name").asText().isEmpty()
          || node.at("/qualified_name/path").size() > 1) {
        throw refused("the table " + name + " is named with a schema; tables have none");
      }
      tables.add(name);
    }
  }
}
