package org.cornerturn.hdf5;

import java.io.Serializable;
import java.util.List;

/**
 * A step of a dataset's filter pipeline.
 *
 * @param id the registered filter number
 * @param optional whether the writer could leave it out where it failed
 * @param parameters the filter's client data
 */
public record Hdf5Filter(int id, String name, boolean optional, List<Integer> parameters)
    implements Serializable {
  public Hdf5Filter {
    parameters = List.copyOf(parameters);
  }
}
