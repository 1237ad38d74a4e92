package org.cornerturn.jobs.index;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.cornerturn.jobs.index.Uvh5Table.Place;
import org.cornerturn.observation.Grouping;
import org.cornerturn.observation.GroupingRule;
import org.cornerturn.observation.LeftOut;
import org.cornerturn.observation.Member;
import org.cornerturn.observation.ObservationGroup;
import org.cornerturn.observation.SubbandFile;
import org.cornerturn.table.DeltaTable;

/**
 * Brings the table of UVH5 files up to date: adds what is new, marks what is gone, and groups again
 * the stretches of time in which something has changed. What is held in memory grows with these
 * stretches, not with the table. Groups keep their ids.
 */
final class Regrouping {
  private static final List<String> SKETCH =
      List.of("file", "state", "start", "integration_time", "group_id", "subband");

  private final DeltaTable table;
  private final GroupingRule rule;
  private final long now;
  private final Map<String, Object[]> fresh = new HashMap<>();
  private final Map<String, SubbandFile> headers = new HashMap<>();
  private final Set<String> vanished = new HashSet<>();
  private final Map<String, Object[]> old = new HashMap<>();
  private final Map<String, String> earlierIds = new HashMap<>();
  private final Set<String> otherIds = new HashSet<>();
  private Grouping grouping = new Grouping(List.of(), List.of());

  /**
   * @param now microseconds since 1970
   */
  Regrouping(DeltaTable table, GroupingRule rule, long now) {
    this.table = table;
    this.rule = rule;
    this.now = now;
  }

  /** A file that was read: its row, if it is UVH5 or its name says that it should be. */
  void read(ScannedFile f) {
    String uri = f.file().uri();
    if (f.uvh5() != null) {
      fresh.put(uri, Uvh5Table.row(f.uvh5(), now));
      headers.put(uri, f.uvh5().header());
    } else if (f.error() != null
        && (f.format() == ScannedFile.Format.UVH5
            || SubbandFile.numberIn(f.file().name()).isPresent())) {
      fresh.put(uri, Uvh5Table.refused(f, now));
    } else {
      vanished.add(uri); // No UVH5 file: if it was one before, it is one no more.
    }
  }

  void vanished(String uri) {
    vanished.add(uri);
  }

  /** The groups of all stretches in which something has changed. */
  Grouping grouping() {
    return grouping;
  }

  /** When each file of the {@link #grouping} was read. */
  Map<String, Instant> indexed() {
    Map<String, Instant> indexed = new HashMap<>();
    old.forEach((uri, row) -> indexed.put(uri, Uvh5Table.indexed(row)));
    fresh.forEach((uri, row) -> indexed.put(uri, Uvh5Table.indexed(row)));
    return indexed;
  }

  /**
   * Groups.
   *
   * @param everything whether to group all files, not only where something has changed
   * @return rows to be replaced, by file
   */
  Map<String, Object[]> changes(boolean everything) throws IOException {
    NavigableMap<Long, Long> stretches = stretches(everything);
    table.read(
        IndexTables.UVH5.schema().fieldNames(),
        row -> {
          String uri = (String) row[Uvh5Table.FILE];
          boolean near =
              row[Uvh5Table.START] != null
                  && Neighbourhoods.contains(stretches, (Long) row[Uvh5Table.START]);
          if (near || vanished.contains(uri) || fresh.containsKey(uri)) {
            remember(uri, row);
          } else if (row[Uvh5Table.GROUP_ID] != null && row[Uvh5Table.SUBBAND] == null) {
            otherIds.add((String) row[Uvh5Table.GROUP_ID]);
          }
        });
    List<SubbandFile> files = new ArrayList<>(headers.values());
    old.forEach(
        (uri, row) -> {
          if (isLive(row) && !fresh.containsKey(uri) && !vanished.contains(uri)) {
            files.add(Uvh5Table.header(row));
          }
        });
    grouping = Grouping.of(files, rule).keeping(earlierIds, otherIds);
    return rows();
  }

  private void remember(String uri, Object[] row) {
    old.put(uri, row);
    if (row[Uvh5Table.GROUP_ID] != null) {
      earlierIds.put(uri, (String) row[Uvh5Table.GROUP_ID]);
    }
  }

  private static boolean isLive(Object[] row) {
    return row[Uvh5Table.START] != null && !Uvh5Table.VANISHED.equals(row[Uvh5Table.STATE]);
  }

  private NavigableMap<Long, Long> stretches(boolean everything) throws IOException {
    Neighbourhoods all = new Neighbourhoods();
    double tolerance = rule.tolerance().toNanos() / 1e9;
    headers
        .values()
        .forEach(h -> all.add(Uvh5Table.micros(h.time().start()), Grouping.reach(h, rule), true));
    table.read(
        SKETCH,
        v -> {
          if (v[2] != null && !Uvh5Table.VANISHED.equals(v[1])) {
            boolean touched = vanished.contains(v[0]) || fresh.containsKey(v[0]);
            double reach = Math.max(tolerance, (Double) v[3] / 2);
            all.add((Long) v[2], reach, touched || everything);
          }
        });
    return all.touched();
  }

  private Map<String, Object[]> rows() {
    Map<String, Place> places = places(grouping);
    Map<String, Object[]> changed = new HashMap<>(fresh);
    places.forEach(
        (uri, place) -> {
          Object[] row = fresh.get(uri);
          if (row == null && !place.equals(Place.of(old.get(uri)))) {
            row = old.get(uri);
            changed.put(uri, row);
          }
          if (row != null) {
            place.into(row);
          }
        });
    for (String uri : vanished) {
      Object[] row = old.get(uri);
      if (row != null && !Uvh5Table.VANISHED.equals(row[Uvh5Table.STATE])) {
        Place p = Place.of(row);
        new Place(p.group(), null, Uvh5Table.VANISHED, null, p.subband()).into(row);
        changed.put(uri, row);
      }
    }
    return changed;
  }

  private static Map<String, Place> places(Grouping grouping) {
    Map<String, Place> places = new HashMap<>();
    for (ObservationGroup g : grouping.groups()) {
      String state = g.isComplete() ? "complete" : "incomplete";
      for (Member m : g.members()) {
        Long number = m.number() == SubbandFile.UNNUMBERED ? null : Long.valueOf(m.number());
        places.put(m.file().file().uri(), new Place(g.id(), state, Uvh5Table.MEMBER, null, number));
      }
      for (LeftOut l : g.leftOut()) {
        places.put(l.file().file().uri(), place(l, g.id(), state));
      }
    }
    grouping.refused().forEach(l -> places.put(l.file().file().uri(), place(l, null, null)));
    return places;
  }

  private static Place place(LeftOut l, String group, String groupState) {
    String state =
        l.cause() == LeftOut.Cause.DUPLICATE ? Uvh5Table.DUPLICATE : Uvh5Table.CONTRADICTORY;
    return new Place(group, groupState, state, l.reason(), Long.valueOf(l.number()));
  }
}
