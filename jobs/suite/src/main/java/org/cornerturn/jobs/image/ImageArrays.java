package org.cornerturn.jobs.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrHierarchy;

/** The product's Zarr arrays. */
final class ImageArrays {
  private static final int SHARD = 4096;

  private final Imaging imaging;
  private final SkyImageLayout layout;

  ImageArrays(Imaging imaging) {
    this.imaging = imaging;
    List<Double> time = new ArrayList<>(Collections.nCopies(imaging.intervals(), 0.0));
    List<Double> hertz = new ArrayList<>(Collections.nCopies(imaging.channels(), 0.0));
    List<Double> widths = new ArrayList<>(hertz);
    for (Cell cell : imaging.cells()) {
      time.set(cell.interval(), SkyImageLayout.mjd((cell.startUnix() + cell.endUnix()) / 2));
      hertz.set(cell.channel(), cell.middleHz());
      widths.set(cell.channel(), cell.highHz() - cell.lowHz());
    }
    layout =
        new SkyImageLayout(
            imaging.centre(),
            imaging.geometry().width(),
            imaging.geometry().height(),
            imaging.geometry().pixelRad(),
            time,
            hertz,
            widths,
            imaging.polarizations().stream().map(Enum::name).toList(),
            SHARD);
  }

  /** Extent of the arrays of images. */
  Shape shape() {
    return layout.shape();
  }

  private ArrayMetadata plane(Role role) {
    Primitive type = role == Role.MASK ? Primitive.UINT8 : Primitive.FLOAT32;
    ArrayMetadata metadata = layout.plane(type, role.about(), role.unit());
    return role == Role.IMAGE
        ? metadata.withAttributes(metadata.attributes().put("type", "sky"))
        : metadata;
  }

  /**
   * Writes the plane of a cell and polarization.
   *
   * @param plane (y, x); nothing is written where it is null: what isn't stored reads as NaN
   */
  void write(ObjectStore store, Role role, Cell cell, int polarization, float[] plane)
      throws IOException {
    if (plane != null) {
      int[] place = {cell.interval(), cell.channel(), polarization};
      layout.write(store, role.array(), plane(role), place, plane);
    }
  }

  /** Writes the coordinates, and the beams that were fitted. */
  void writeCoordinates(ObjectStore store, ObjectStore facts) throws IOException {
    int polarizations = imaging.polarizations().size();
    GaussianBeam[] beams = new GaussianBeam[layout.beams()];
    for (Cell cell : imaging.cells()) {
      for (int p = 0; p < polarizations; p++) {
        int at = (cell.interval() * imaging.channels() + cell.channel()) * polarizations + p;
        beams[at] = Facts.get(facts, Imaging.facts(cell.number(), p)).beam();
      }
    }
    layout.writeCoordinates(store, beams);
  }

  /** The root's attributes, as far as they are those of any image. */
  ObjectNode attributes() {
    Map<String, String> members = new LinkedHashMap<>();
    for (Role role : Role.of(imaging)) {
      if (role.groupEntry() != null) {
        members.put(role.groupEntry(), role.array());
      }
    }
    if (imaging.parameters().hasPsf()) {
      members.put("beam_fit_params_sky", SkyImageLayout.BEAM);
    }
    String date = Instant.ofEpochSecond((long) imaging.cells().get(0).startUnix()).toString();
    return layout.attributes(members, imaging.about().object(), date);
  }

  /** Adds all arrays to those of the product. */
  void addTo(ZarrHierarchy hierarchy) {
    for (Role role : Role.of(imaging)) {
      if (role.array() != null) {
        hierarchy.array(role.array(), plane(role));
      }
    }
    layout.addTo(hierarchy);
  }
}
