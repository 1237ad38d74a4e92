package org.cornerturn.jobs.index;

import org.cornerturn.table.TableDefinition;

/** The tables of a warehouse that say what is in a lake of HDF5 files. */
final class IndexTables {
  /** Column by which rows of all three tables are replaced. */
  static final String KEY = "file";

  /** A row for each file that was ever seen. */
  static final TableDefinition FILES =
      TableDefinition.named("hdf5_files", "HDF5 files: a row for each that was ever seen")
          .text(KEY, "URI or path")
          .text("name", "last part of it")
          .text("format", "uvh5 or hdf5; null where it can't be read")
          .text(
              "state",
              "indexed, refused (it can't be read; see error), failed (its store did not give it;"
                  + " the next run tries again) or vanished")
          .text("error", "why it is refused or failed; else null")
          .count("bytes", "B", "its length")
          .text("version", "etag, or size and time: changes when the content does")
          .moment("modified", "when it was last written, by its store's clock")
          .count("objects", null, "its rows in hdf5_objects")
          .count("unreadable", null, "how many of these have a problem")
          .count("requests", null, "range requests that indexing it took")
          .count("bytes_read", "B", "bytes that indexing it read")
          .moment("indexed", "when this row was written");

  /** A row for each object of each file. */
  static final TableDefinition OBJECTS =
      TableDefinition.named("hdf5_objects", "what is in HDF5 files: a row for each object")
          .text(KEY, "URI or path of the file")
          .text("path", "absolute path in the file; / is the root group")
          .text("name", "last part of the path")
          .text("kind", "group, dataset, link, type or unreadable")
          .text("type", "element type in words; of a link, what it says")
          .counts("shape", "1", "extents, slowest axis first; [] of a scalar")
          .counts("chunk", "1", "extents of a chunk; null where it is not chunked")
          .texts("filters", "names, in the order in which a writer applies them")
          .count("bytes", "B", "of all elements; null where their size varies")
          .count(
              "stored_bytes",
              "B",
              "of all chunks in the file; null where it is not chunked, or has more than 100,000"
                  + " chunks")
          .count("stored_chunks", "1", "chunks in the file; null as stored_bytes")
          .textsByName(
              "attributes",
              "JSON by name; null for what can't be read; the length alone of what has more than"
                  + " 16,384 characters")
          .text("problem", "why it can't be read; else null");

  /** A row for each UVH5 file, with what its header says and where it belongs. */
  static final TableDefinition UVH5 =
      TableDefinition.named("uvh5_files", "UVH5 files: a row for each that was ever seen")
          .text(KEY, "URI or path")
          .text("name", "last part of it")
          .text("group_id", "its observation; null where it belongs to none")
          .text("group_state", "complete, or incomplete where subbands are missing; else null")
          .text(
              "state",
              "member (of its group), duplicate (a newer file has its subband), contradictory (its"
                  + " header disagrees with the group's), refused (it can't be read) or vanished")
          .text("error", "why it is no member; else null")
          .text("note", "what is odd in a file that is good, a jump in time say; else null")
          .count("subband", null, "number from name or frequency, 0 the highest; null: whole band")
          .text("subband_code", "sb00, sb01, ...; null: whole band")
          .moment("start", "beginning of the first integration, UTC")
          .moment("end", "end of the last integration, UTC")
          .real("start_mjd", "d", "start as modified Julian date, UTC")
          .count("integrations", null, "distinct times")
          .real("integration_time", "s", "length of one, the median")
          .text("telescope", "its name in the header")
          .text("object", "what was observed, as the header has it")
          .text("uvh5_version", "version of the format; empty before 0.1")
          .count("rows", null, "baselines times integrations, Nblts")
          .count("baselines", null, "distinct pairs of antennas")
          .count("antennas", null, "antennas in the data")
          .count("channels", null, "frequencies")
          .real("frequency_low", "Hz", "lower edge of the band")
          .real("frequency_high", "Hz", "upper edge of the band")
          .texts("polarizations", "XX, YY, ... in the file's order")
          .real("declination", "deg", "where the telescope points; null where it isn't said")
          .count("bytes", "B", "length of the file")
          .text("version", "etag, or size and time: changes when the content does")
          .moment("modified", "when it was last written, by its store's clock")
          .moment("indexed", "when its header was read");

  private IndexTables() {}
}
