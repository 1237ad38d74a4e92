package org.cornerturn.jobs.image;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.spark.TaskStores;

/**
 * A measurement set whose visibilities are imaged.
 *
 * @param uri of the processing set
 * @param name of the measurement set
 * @param group that is read
 * @param phaseCentres of its integrations; a single one where they are all the same
 */
record ImagedSet(String uri, String name, String group, List<IcrsDirection> phaseCentres)
    implements Serializable {
  ImagedSet {
    phaseCentres = List.copyOf(phaseCentres);
  }

  IcrsDirection phaseCentre(int time) {
    return phaseCentres.get(phaseCentres.size() == 1 ? 0 : time);
  }

  Msv4Reader reader(TaskStores stores) throws IOException {
    return ProcessingSet.open(stores.open(uri)).measurementSet(name).group(group);
  }
}
