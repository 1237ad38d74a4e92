package org.cornerturn.query.sql;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.table.Tables;
import org.cornerturn.table.DataFileCache;
import org.cornerturn.table.TableSnapshot;

/**
 * An instance of DuckDB in memory for one query. Its views read the data files of the tables that
 * the query names; it may open nothing else, load nothing, write nothing, and its settings are
 * locked.
 */
final class SqlEngine implements Closeable {
  private static final String URL = "jdbc:duckdb:";

  private final Connection connection;
  private final List<DataFileCache.Held> held = new ArrayList<>();

  private SqlEngine(Connection connection) {
    this.connection = connection;
  }

  /** An instance that has nothing: for parsing. */
  static Connection parser() throws SQLException {
    Connection c = connect(64 << 20, 1);
    try (Statement s = c.createStatement()) {
      lock(s, List.of());
    }
    return c;
  }

  private static Connection connect(long memoryBytes, int threads) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memoryBytes + "B");
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("temp_directory", "");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allow_community_extensions", "false");
    return DriverManager.getConnection(URL, settings);
  }

  /** Nothing but these files can be opened from here on, and no setting changed. */
  private static void lock(Statement s, List<Path> files) throws SQLException {
    StringBuilder list = new StringBuilder("SET allowed_paths = [");
    for (int i = 0; i < files.size(); i++) {
      list.append(i == 0 ? "" : ", ").append(SqlViews.text(files.get(i).toString()));
    }
    s.execute(list.append(']').toString());
    s.execute("SET TimeZone = 'UTC'");
    s.execute("SET enable_external_access = false");
    s.execute("SET lock_configuration = true");
  }

  /**
   * An instance with views of tables.
   *
   * @param named tables by the names that the query has for them
   */
  static SqlEngine open(
      Map<String, TableSnapshot> named, Tables tables, long memoryBytes, int threads)
      throws IOException {
    SqlEngine engine;
    try {
      engine = new SqlEngine(connect(memoryBytes, threads));
    } catch (SQLException e) {
      throw Problem.unavailable("No SQL can be answered now: " + message(e), e);
    }
    try {
      engine.fill(named, tables);
      return engine;
    } catch (SQLException e) {
      engine.close();
      throw Problem.unprocessable("The tables can't be read by SQL: " + message(e));
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private void fill(Map<String, TableSnapshot> named, Tables tables)
      throws IOException, SQLException {
    List<Path> all = new ArrayList<>();
    try (Statement s = connection.createStatement()) {
      for (Map.Entry<String, TableSnapshot> t : named.entrySet()) {
        List<DataFileCache.Held> files = tables.hold(t.getKey(), t.getValue());
        held.addAll(files);
        List<Path> paths = files.stream().map(DataFileCache.Held::path).toList();
        all.addAll(paths);
        SqlViews view = new SqlViews(t.getKey(), t.getValue(), paths);
        for (String statement : view.statements()) {
          s.execute(statement);
        }
        fillDeleted(view);
      }
      lock(s, all);
    }
  }

  private void fillDeleted(SqlViews view) throws IOException, SQLException {
    if (!view.hasDeletedRows()) {
      return;
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement(view.insertDeleted())) {
      for (int part = 0; part < view.files().size(); part++) {
        for (long row : view.deletedRows(part)) {
          insert.setString(1, view.files().get(part).toString());
          insert.setLong(2, row);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  Connection connection() {
    return connection;
  }

  /** What DuckDB says, in one line. */
  static String message(SQLException e) {
    String m = e.getMessage() == null ? e.toString() : e.getMessage();
    return m.strip().split("\n")[0];
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("an instance in memory can't be closed", e);
    } finally {
      held.forEach(DataFileCache.Held::close);
    }
  }
}
