package org.cornerturn.jobs.datagroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.measurementset.FieldCenter;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.IcrsDirection;

/**
 * The directions to which a measurement set is phased, from its first integration to its last.
 *
 * @param ofTime direction of each integration
 * @param fieldNames field of each integration
 */
public record PhaseTrack(List<IcrsDirection> ofTime, List<String> fieldNames) {
  private static final Set<String> AMONG_THE_STARS = Set.of("icrs", "fk5");

  public PhaseTrack {
    ofTime = List.copyOf(ofTime);
    fieldNames = List.copyOf(fieldNames);
  }

  /**
   * @throws UserError when the set isn't phased to directions among the stars
   */
  public static PhaseTrack of(Msv4Reader reader) throws IOException {
    String frame =
        reader
            .array(reader.dataGroup().uvw())
            .metadata()
            .attributes()
            .path("frame")
            .asText("icrs")
            .toLowerCase(Locale.ROOT);
    if (!AMONG_THE_STARS.contains(frame)) {
      throw new UserError(
          reader.store().uri() + "/" + reader.name(),
          "its visibilities are not phased to a direction among the stars (frame " + frame + ")",
          "Convert the files with --phase meridian or --phase RA,DEC");
    }
    Map<String, IcrsDirection> known = new HashMap<>();
    for (FieldCenter f : reader.fields()) {
      known.put(f.name(), new IcrsDirection(f.longitudeRad(), f.latitudeRad()));
    }
    List<String> names = reader.fieldNames();
    List<IcrsDirection> track = new ArrayList<>();
    for (String name : names) {
      IcrsDirection direction = known.get(name);
      if (direction == null) {
        throw new UserError(
            reader.store().uri() + "/" + reader.name(),
            "it has no direction of its field " + name,
            "Convert the files again");
      }
      track.add(direction);
    }
    return new PhaseTrack(track, names);
  }

  /** The direction of all integrations, or of the middle one where they differ. */
  public IcrsDirection middle() {
    return ofTime.get(ofTime.size() / 2);
  }

  /** Whether all integrations have one direction. */
  public boolean isFixed() {
    return ofTime.stream().allMatch(ofTime.get(0)::equals);
  }
}
