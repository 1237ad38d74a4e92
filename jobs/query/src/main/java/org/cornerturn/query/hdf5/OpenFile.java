package org.cornerturn.query.hdf5;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.query.http.Problem;

/** One request's use of an open file. */
public final class OpenFile implements AutoCloseable {
  private final SharedFile shared;
  private boolean isClosed;

  OpenFile(SharedFile shared) {
    this.shared = shared;
  }

  SharedFile shared() {
    return shared;
  }

  /** The key as askers write it. */
  public String name() {
    return shared.located().fullKey();
  }

  /** The version of the file that is open. */
  public String version() {
    return shared.key().version();
  }

  /** Every object, a group before its members, members by name. */
  public List<Hdf5Object> objects() {
    return shared.objects();
  }

  /** Members of a group by name, links as links. */
  public List<Hdf5Object> members(String group) {
    return shared.members(group);
  }

  /** The object at a path, links followed; empty where there is none. */
  public Optional<Hdf5Object> find(String path) {
    try {
      return shared.file().find(path);
    } catch (IOException e) {
      throw Faults.problem(shared.located(), e);
    }
  }

  /**
   * @throws Problem 404 when there is no such object, 422 when it is no dataset
   */
  public Hdf5Dataset dataset(String path) {
    Hdf5Object o =
        find(path).orElseThrow(() -> Problem.notFound(path + " is not a valid path in " + name()));
    if (o instanceof Hdf5Dataset d) {
      return d;
    }
    throw Problem.unprocessable(path + " is not a dataset");
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      shared.release();
    }
  }
}
