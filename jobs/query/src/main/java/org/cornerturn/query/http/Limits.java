package org.cornerturn.query.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every ceiling. A feature declares those it keeps when its routes are built; the configuration may
 * give another value ({@code limit.NAME}).
 */
public final class Limits {
  private final Map<String, Long> configured;
  private final Map<String, Limit> declared = new LinkedHashMap<>();
  private final Limit requestSeconds;
  private final Limit requestBytes;
  private final Limit pageRows;

  public Limits(Map<String, Long> configured) {
    this.configured = Map.copyOf(configured);
    this.requestSeconds = declare("request_seconds", 30, "seconds", "wall time of one request");
    this.requestBytes =
        declare("request_bytes", 256L << 20, "bytes", "decoded values that one request may read");
    this.pageRows = declare("page_rows", 1000, "rows", "rows or items of one page");
  }

  /**
   * Declares a ceiling; the same name twice gives the same one.
   *
   * @param most unless the configuration says otherwise
   */
  public synchronized Limit declare(String name, long most, String unit, String description) {
    return declared.computeIfAbsent(
        name, n -> new Limit(n, configured.getOrDefault(n, most), unit, description));
  }

  public Limit requestSeconds() {
    return requestSeconds;
  }

  public Limit requestBytes() {
    return requestBytes;
  }

  public Limit pageRows() {
    return pageRows;
  }

  public synchronized Collection<Limit> all() {
    return List.copyOf(new ArrayList<>(declared.values()));
  }

  /** Names that are configured and that nobody declared. */
  public synchronized Set<String> unknown() {
    Set<String> names = new TreeSet<>(configured.keySet());
    names.removeAll(declared.keySet());
    return names;
  }
}
