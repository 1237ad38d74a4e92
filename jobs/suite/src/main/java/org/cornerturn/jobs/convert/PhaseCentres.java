package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cornerturn.UserError;
import org.cornerturn.array.SharedValues;
import org.cornerturn.measurementset.FieldCenter;
import org.cornerturn.radio.ApparentPlace;
import org.cornerturn.radio.BaselineVectors;
import org.cornerturn.radio.EarthOrientation;
import org.cornerturn.radio.EarthOrientationTable;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.PhaseReference;
import org.cornerturn.uvh5.Uvh5Exception;

/**
 * The fields of a measurement set, and what is to be done that its visibilities refer to them.
 *
 * @param fields at least one
 * @param fieldOfTime index of each integration's
 * @param frame of the fields' directions
 * @param uvwFrame of uvw
 * @param phasing null where visibilities and uvw stay as they are
 * @param earth where the Earth's orientation is taken from
 * @param difference of the file's uvw from those of the antennas, which take their place; null
 *     where the file's are kept
 */
record PhaseCentres(
    List<FieldCenter> fields,
    int[] fieldOfTime,
    String frame,
    String uvwFrame,
    Phasing phasing,
    Earth earth,
    UvwDifference difference) {

  private static final String EARTH_UNKNOWN =
      "UT1 is taken as UTC, since neither the file nor IERS-B, which ends in November 2022, says how"
          + " they differ at its time: directions and uvw are off by up to 13 arcseconds";

  private static final String UVW_DIFFER =
      "uvw of the antennas aren't those that the file's visibilities were phased with; they are"
          + " turned by the difference, so export uvh5 can't give the file back";

  /** What directions and uvw take UT1 - UTC from. */
  enum Earth {
    /** They don't need it. */
    UNUSED("unused"),
    /** The file states it. */
    FILE("file"),
    /** The series of measurements that comes with the program. */
    SERIES("IERS-B"),
    /** Neither has it: it is taken as 0. */
    UNKNOWN("unknown");

    private final String word;

    Earth(String word) {
      this.word = word;
    }

    /** As the product's attribute has it. */
    String word() {
      return word;
    }
  }

  static PhaseCentres of(Uvh5Scan scan, VisibilityOptions options, SharedValues shared)
      throws IOException {
    return new Builder(scan, options.uvwFromAntennas(), shared).build(options.phase());
  }

  /** The same, with the antennas' uvw found to be so far from the file's. */
  PhaseCentres with(UvwDifference found) {
    Phasing turning = found.turns() ? phasing.turningVisibilities() : phasing;
    return new PhaseCentres(fields, fieldOfTime, frame, uvwFrame, turning, earth, found);
  }

  /** Whether the set's visibilities are others than the file's. */
  boolean turnsVisibilities() {
    return phasing != null && !phasing.turnsOnly();
  }

  /** Range requests that planning them took. */
  long requests() {
    return difference == null ? 0 : difference.requests();
  }

  /** Bytes that planning them read. */
  long bytesRead() {
    return difference == null ? 0 : difference.bytesRead();
  }

  /** What the user should know of them. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (earth == Earth.UNKNOWN) {
      notes.add(EARTH_UNKNOWN);
    }
    if (difference != null && difference.turns()) {
      notes.add(UVW_DIFFER);
    }
    return notes;
  }

  /** Right ascension and declination of the field in the middle, ICRS or what the file has. */
  FieldCenter middle() {
    return fields.get(fieldOfTime[fieldOfTime.length / 2]);
  }

  private static final class Builder {
    private final Uvh5Scan scan;
    private final int times;
    private final Geodetic site;
    private final List<JulianDate> instants = new ArrayList<>();
    private final List<EarthOrientation> earth = new ArrayList<>();
    private final Earth source;
    private final BaselineVectors antennas;

    Builder(Uvh5Scan scan, boolean uvwFromAntennas, SharedValues shared) {
      this.scan = scan;
      this.antennas = uvwFromAntennas ? shared.of(vectors(scan)) : null;
      this.times = scan.layout().times();
      this.site = scan.header().telescope().location();
      boolean known = true;
      for (int t = 0; t < times; t++) {
        JulianDate utc = JulianDate.of(scan.layout().julianDate(t));
        Optional<EarthOrientation> at = EarthOrientationTable.bundled().at(utc);
        EarthOrientation e = at.orElse(EarthOrientation.UNKNOWN);
        boolean stated = scan.header().dut1Seconds().isPresent();
        known &= at.isPresent();
        instants.add(utc);
        earth.add(stated ? e.withDut1(scan.header().dut1Seconds().getAsDouble()) : e);
      }
      boolean stated = scan.header().dut1Seconds().isPresent();
      this.source = stated ? Earth.FILE : known ? Earth.SERIES : Earth.UNKNOWN;
    }

    private static BaselineVectors vectors(Uvh5Scan scan) {
      int[] first = new int[scan.layout().baselines()];
      int[] second = new int[first.length];
      for (int b = 0; b < first.length; b++) {
        first[b] = scan.layout().antenna1(b);
        second[b] = scan.layout().antenna2(b);
      }
      return BaselineVectors.of(
          scan.header().telescope().location(), scan.header().antennas(), first, second);
    }

    private LocalSky sky(int time) {
      return new LocalSky(site, instants.get(time), earth.get(time));
    }

    private PhaseCenter centre(int time) throws Uvh5Exception {
      int id = scan.centreOfTime()[time];
      return scan.header()
          .phaseCenter(id)
          .orElseThrow(
              () ->
                  new Uvh5Exception(
                      scan.input().uri(),
                      "/Header/phase_center_catalog",
                      "it has no phase centre " + id + ", which rows name",
                      "Exclude the file, or have its catalog put right"));
    }

    PhaseCentres build(PhaseTarget target) throws IOException {
      boolean drifts = scan.header().meridianDeclinationRad().isPresent();
      boolean unprojected = true;
      boolean sidereal = true;
      for (int t = 0; t < times; t++) {
        PhaseCenter.Kind kind = centre(t).kind();
        unprojected &= kind == PhaseCenter.Kind.UNPROJECTED;
        sidereal &= kind == PhaseCenter.Kind.SIDEREAL;
      }
      if (!unprojected && !sidereal) {
        throw new Uvh5Exception(
            scan.input().uri(),
            "/Header/phase_center_catalog",
            "it has phase centres that move ("
                + centre(0).kind().name().toLowerCase(Locale.ROOT)
                + ", or of several kinds)",
            "Phase the data to one direction in the sky first");
      }
      return switch (target.kind()) {
        case AUTO -> sidereal ? asStated() : drifts ? overhead(meridian()) : unphased();
        case NONE -> sidereal ? asStated() : unphased();
        case MERIDIAN -> {
          if (sidereal) {
            throw new UserError(
                scan.input().uri(),
                "its visibilities are phased to " + centre(0).name() + ", not to the meridian",
                "Use --phase auto, none, or a direction");
          }
          yield overhead(meridian());
        }
        case DIRECTION -> direction(new IcrsDirection(target.raRad(), target.decRad()), sidereal);
      };
    }

    /** Fields as the catalog has them. */
    private PhaseCentres asStated() throws IOException {
      Map<Integer, Integer> index = new HashMap<>();
      List<FieldCenter> fields = new ArrayList<>();
      int[] ofTime = new int[times];
      for (int t = 0; t < times; t++) {
        PhaseCenter c = centre(t);
        Integer known = index.get(c.id());
        if (known == null) {
          known = fields.size();
          index.put(c.id(), known);
          String name = c.name().isEmpty() ? "field_" + c.id() : c.name();
          boolean twice = fields.stream().anyMatch(f -> f.name().equals(name));
          fields.add(
              new FieldCenter(
                  twice ? name + "_" + c.id() : name, name, c.longitudeRad(), c.latitudeRad()));
        }
        ofTime[t] = known;
      }
      String frame = centre(0).frame().isEmpty() ? "icrs" : centre(0).frame();
      return new PhaseCentres(
          fields,
          ofTime,
          frame,
          frame.equals("fk5") ? "fk5" : "icrs",
          antennas == null ? null : staying(references(), eachItsOwn()),
          antennas == null ? Earth.UNUSED : source,
          null);
    }

    /** New uvw for the phase reference that the file has. */
    private Phasing staying(List<PhaseReference> references, int[] ofTime) {
      return phasing(references, ofTime, null, true);
    }

    private List<PhaseReference> references() throws IOException {
      List<PhaseReference> all = new ArrayList<>();
      for (int t = 0; t < times; t++) {
        all.add(reference(t));
      }
      return all;
    }

    private int[] eachItsOwn() {
      return IntStream.range(0, times).toArray();
    }

    /** Apparent declination of the meridian that fringes are stopped at, else of the zenith. */
    private double declination() {
      return scan.header().meridianDeclinationRad().orElse(site.latitudeRad());
    }

    /** Visibilities that aren't phased to the sky, as they are. */
    private PhaseCentres unphased() {
      return overhead(antennas == null ? null : staying(List.of(stopped()), new int[times]));
    }

    /** For each integration the direction that is overhead, or on the meridian, then. */
    private PhaseCentres overhead(Phasing phasing) {
      String what = scan.header().meridianDeclinationRad().isPresent() ? "meridian" : "zenith";
      List<FieldCenter> fields = new ArrayList<>();
      int digits = Integer.toString(times - 1).length();
      for (int t = 0; t < times; t++) {
        IcrsDirection d = sky(t).onMeridian(declination());
        String name = what + "_" + String.format(Locale.ROOT, "%0" + digits + "d", t);
        fields.add(new FieldCenter(name, what, d.raRad(), d.decRad()));
      }
      boolean apparent = phasing == null || phasing.to() == null;
      return new PhaseCentres(
          fields, eachItsOwn(), "icrs", apparent ? "APP" : "icrs", phasing, source, null);
    }

    private Phasing meridian() {
      boolean drifts = scan.header().meridianDeclinationRad().isPresent();
      return phasing(
          List.of(stopped()),
          new int[times],
          new PhaseReference.MeridianIcrs(declination()),
          drifts);
    }

    /** What data that aren't phased to the sky refer to. */
    private PhaseReference stopped() {
      return scan.header().meridianDeclinationRad().isPresent()
          ? new PhaseReference.Meridian(declination())
          : new PhaseReference.Unprojected();
    }

    private Phasing phasing(
        List<PhaseReference> from, int[] ofTime, PhaseReference to, boolean turnsOnly) {
      return new Phasing(from, to, ofTime, antennas, turnsOnly, site, instants, earth);
    }

    private PhaseCentres direction(IcrsDirection to, boolean sidereal) throws IOException {
      List<PhaseReference> from = sidereal ? references() : List.of(stopped());
      int[] ofTime = sidereal ? eachItsOwn() : new int[times];
      String name =
          String.format(
              Locale.ROOT,
              "ra%.4f_dec%+.4f",
              Math.toDegrees(to.raRad()),
              Math.toDegrees(to.decRad()));
      Phasing phasing = phasing(from, ofTime, new PhaseReference.Sidereal(to), false);
      return new PhaseCentres(
          List.of(new FieldCenter(name, name, to.raRad(), to.decRad())),
          new int[times],
          "icrs",
          "icrs",
          phasing,
          source,
          null);
    }

    /** The phase centre of a time, as the file itself states where it is seen if it does. */
    private PhaseReference reference(int time) throws IOException {
      PhaseCenter c = centre(time);
      if (scan.apparent() != null) {
        ApparentPlace a = scan.apparent()[time];
        double hourAngle = Math.IEEEremainder(sky(time).siderealTimeRad() - a.raRad(), 2 * Math.PI);
        return new PhaseReference.Apparent(
            new ApparentPlace(a.raRad(), a.decRad(), hourAngle, a.framePositionAngleRad()), true);
      }
      if (!c.frame().isEmpty() && !c.frame().equals("icrs")) {
        throw new Uvh5Exception(
            scan.input().uri(),
            "/Header/phase_center_frame",
            "it is phased in the frame "
                + c.frame()
                + " and doesn't state where its centre is seen, so neither phases nor uvw can be"
                + " computed",
            antennas == null ? "Leave --phase out" : "Leave --phase and --uvw-from-antennas out");
      }
      return new PhaseReference.Sidereal(new IcrsDirection(c.longitudeRad(), c.latitudeRad()));
    }
  }
}
