package org.cornerturn.query.product;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.cornerturn.query.Service;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.sql.SqlRoutes;
import org.cornerturn.query.table.TableRoutes;
import org.cornerturn.query.table.Tables;

/** Everything that is read of the warehouse's tables: tables, products, runs, SQL. */
public final class WarehouseRoutes implements Routes, Closeable {
  private final Tables tables;
  private final SqlRoutes sql;
  private final List<Routes> parts;

  public WarehouseRoutes(Service service, Tables tables) {
    this.tables = tables;
    this.sql = new SqlRoutes(service, tables);
    this.parts =
        List.of(
            new ProductRoutes(tables, service.limits()),
            new TableRoutes(tables, service.limits()),
            sql);
  }

  @Override
  public void register(Router router) {
    parts.forEach(p -> p.register(router));
  }

  @Override
  public void close() throws IOException {
    sql.close();
    tables.close();
  }
}
