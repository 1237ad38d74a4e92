/**
 * SELECT over the warehouse's tables by an embedded DuckDB. A query is parsed first, and only what
 * is known to be harmless goes on ({@link org.cornerturn.query.sql.SqlGate}); then it runs in an
 * instance of its own, which may open nothing but the data files of the tables that it names.
 */
package org.cornerturn.query.sql;
