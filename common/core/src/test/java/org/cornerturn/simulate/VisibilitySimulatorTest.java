package org.cornerturn.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.Instrument.Band;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.InstrumentFile;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.radio.PhaseReference;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.Rephasing;
import org.cornerturn.simulate.SimulatedObservation.Directions;
import org.cornerturn.simulate.SimulatedObservation.Tracking;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.sky.SkyComponent.Shape;
import org.cornerturn.sky.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VisibilitySimulatorTest {
  private static final Instrument DSA = InstrumentFile.bundled("dsa-110");
  private static final Band BAND = new Band(1.31125e9, 3.90625e6, 48);
  private static final JulianDate START = new JulianDate(2459599, 0.85);
  private static final IcrsDirection FIELD =
      LocalSky.over(DSA.telescope().location(), START.plusSeconds(4 * 12.884901888))
          .onMeridian(Math.toRadians(55));
  private static final double C = FringeRotator.SPEED_OF_LIGHT;

  /** What a test changes of a quiet, perfect observation of one source. */
  private static SimulatedObservation observation(
      Tracking tracking,
      List<SkySource> sources,
      double sefd,
      Corruption corruption,
      Interference interference) {
    return new SimulatedObservation(
        7,
        DSA.telescope(),
        AntennaLayout.antennas(DSA, DSA.layout(), 12, 7),
        true,
        4.65,
        BAND,
        List.of(Polarization.XX, Polarization.YY),
        START,
        12.884901888,
        8,
        tracking,
        FIELD,
        Directions.TANGENT,
        sources,
        Beam.NONE,
        sefd,
        1,
        corruption,
        interference);
  }

  private static SimulatedObservation quiet(Tracking tracking, SkySource... sources) {
    return observation(tracking, List.of(sources), 0, Corruption.NONE, Interference.NONE);
  }

  private static SkySource offCentre() {
    return SkySource.point("off", FIELD.at(0.006, -0.004), 2, 1.4e9, 0);
  }

  private static int[] all() {
    return IntStream.range(0, BAND.channels()).toArray();
  }

  private static float[][] rows(SimulatedObservation o, int integration, int[] channels) {
    VisibilitySimulator simulator = new VisibilitySimulator(o, channels);
    simulator.integration(integration);
    float[][] rows = new float[simulator.baselines()][simulator.rowLength()];
    for (int b = 0; b < rows.length; b++) {
      simulator.row(b, rows[b], 0);
    }
    return rows;
  }

  private static double[] uvw(SimulatedObservation o, int integration) {
    VisibilitySimulator simulator = new VisibilitySimulator(o, new int[] {0});
    simulator.integration(integration);
    double[] uvw = new double[3 * simulator.baselines()];
    for (int b = 0; b < simulator.baselines(); b++) {
      simulator.uvw(b, uvw, 3 * b);
    }
    return uvw;
  }

  /** Largest angle between data and S exp(2 pi i nu/c (u l + v m + w (n - 1))), radians. */
  private static double phaseError(float[][] rows, double[] uvw, double[] lmn) {
    double worst = 0;
    for (int b = 0; b < rows.length; b++) {
      double path = uvw[3 * b] * lmn[0] + uvw[3 * b + 1] * lmn[1] + uvw[3 * b + 2] * (lmn[2] - 1);
      for (int c = 0; c < BAND.channels(); c++) {
        double angle = 2 * Math.PI * BAND.frequencyHz(c) / C * path;
        double got = Math.atan2(rows[b][4 * c + 1], rows[b][4 * c]);
        worst = Math.max(worst, Math.abs(Math.IEEEremainder(got - angle, 2 * Math.PI)));
      }
    }
    return worst;
  }

  @Test
  void anOffCentreSourceHasThePhaseOfItsPlace() {
    SkySource source = offCentre();
    double[] lmn = source.direction().cosines(FIELD);
    SimulatedObservation tracked = quiet(Tracking.SIDEREAL, source);
    for (int t : new int[] {0, 3, 7}) {
      assertThat(phaseError(rows(tracked, t, all()), uvw(tracked, t), lmn)).isLessThan(1e-6);
    }
    // The wrong sign is far off.
    double[] mirrored = {-lmn[0], lmn[1], lmn[2]};
    assertThat(phaseError(rows(tracked, 0, all()), uvw(tracked, 0), mirrored)).isGreaterThan(1);
  }

  @Test
  void aDriftScanPhasedToTheFieldHasThePhaseOfThePlace() {
    SkySource source = offCentre();
    double[] lmn = source.direction().cosines(FIELD);
    SimulatedObservation drift = quiet(Tracking.DRIFT, source);
    SimulatedObservation tracked = quiet(Tracking.SIDEREAL, source);
    for (int t : new int[] {0, 7}) {
      float[][] rows = rows(drift, t, all());
      double[] uvw = uvw(drift, t);
      assertThat(uvw).containsExactly(uvw(drift, 5), within(1e-9));
      double[] shift = rephase(drift, t, uvw, new PhaseReference.Sidereal(FIELD));
      FringeRotator rotator = new FringeRotator(frequencies(), 2);
      for (int b = 0; b < rows.length; b++) {
        rotator.rotate(rows[b], 0, shift[b]);
      }
      assertThat(phaseError(rows, uvw, lmn)).isLessThan(2e-6);
      assertThat(uvw).containsExactly(uvw(tracked, t), within(1e-8));
    }
  }

  @Test
  void onItsOwnMeridianEachIntegrationHasThePhaseOfThePlace() {
    SkySource source = offCentre();
    SimulatedObservation o = quiet(Tracking.DRIFT, source);
    PhaseReference.Meridian meridian = (PhaseReference.Meridian) o.reference();
    for (int t : new int[] {0, 7}) {
      float[][] rows = rows(o, t, all());
      double[] uvw = uvw(o, t);
      double[] shift = rephase(o, t, uvw, new PhaseReference.MeridianIcrs(meridian.decRad()));
      assertThat(shift).containsExactly(new double[shift.length], within(1e-7));
      LocalSky sky = LocalSky.over(DSA.telescope().location(), o.time(t));
      double[] lmn = source.direction().cosines(sky.onMeridian(meridian.decRad()));
      // Aberration differs by 1e-4 of the way from this centre to the field's.
      assertThat(phaseError(rows, uvw, lmn)).isLessThan(0.05);
    }
  }

  private static double[] rephase(SimulatedObservation o, int t, double[] uvw, PhaseReference to) {
    LocalSky sky = LocalSky.over(o.telescope().location(), o.time(t));
    double[] shift = new double[uvw.length / 3];
    Rephasing.between(o.reference(), to, o.telescope().location(), sky)
        .apply(uvw, 0, shift.length, shift);
    return shift;
  }

  private static double[] frequencies() {
    return IntStream.range(0, BAND.channels()).mapToDouble(BAND::frequencyHz).toArray();
  }

  @Test
  void apparentDirectionsDifferByAberrationOnly() {
    SimulatedObservation o = quiet(Tracking.SIDEREAL, offCentre());
    SimulatedObservation apparent =
        new SimulatedObservation(
            o.seed(),
            o.telescope(),
            o.antennas(),
            true,
            4.65,
            BAND,
            o.polarizations(),
            START,
            o.integrationSeconds(),
            o.integrations(),
            o.tracking(),
            FIELD,
            Directions.APPARENT,
            o.sources(),
            Beam.NONE,
            0,
            1,
            Corruption.NONE,
            Interference.NONE);
    double error =
        phaseError(rows(apparent, 0, all()), uvw(o, 0), offCentre().direction().cosines(FIELD));
    assertThat(error).isBetween(1e-4, 0.1);
  }

  @Test
  void anyPartGivesTheSameNumbers() {
    SimulatedObservation o =
        observation(
            Tracking.DRIFT,
            List.of(offCentre()),
            6500,
            new Corruption(0.1, 0.2, 3e-9, 0.06, 0.02),
            new Interference(0.05, 0.5, 40));
    float[][] whole = rows(o, 3, all());
    // Another order of integrations and baselines: the same bits.
    VisibilitySimulator simulator = new VisibilitySimulator(o, all());
    float[] row = new float[simulator.rowLength()];
    for (int t : new int[] {5, 3}) {
      simulator.integration(t);
      simulator.row(40, row, 0);
    }
    assertThat(row).containsExactly(whole[40]);
    // Other channels, downwards: the same numbers to float's precision.
    float[][] part = rows(o, 3, new int[] {47, 46, 45});
    for (int b = 0; b < whole.length; b++) {
      for (int i = 0; i < 4; i++) {
        assertThat(part[b][i]).isCloseTo(whole[b][4 * 47 + i], within(1e-3f));
        assertThat(part[b][8 + i]).isCloseTo(whole[b][4 * 45 + i], within(1e-3f));
      }
    }
  }

  @Test
  void noiseIsThatOfTheRadiometer() {
    SimulatedObservation o =
        observation(Tracking.DRIFT, List.of(), 6500, Corruption.NONE, Interference.NONE);
    double expected = 6500 / Math.sqrt(2 * BAND.channelWidthHz() * 12.884901888);
    assertThat(o.noiseJy()).isCloseTo(expected, within(1e-9));
    int[] pairs = o.pairs();
    double sum = 0;
    double squares = 0;
    double autoSum = 0;
    double autoSquares = 0;
    long n = 0;
    long autos = 0;
    for (int t = 0; t < 8; t++) {
      float[][] rows = rows(o, t, all());
      for (int b = 0; b < rows.length; b++) {
        boolean auto = pairs[2 * b] == pairs[2 * b + 1];
        for (int i = 0; i < rows[b].length; i++) {
          if (!auto) {
            sum += rows[b][i];
            squares += rows[b][i] * (double) rows[b][i];
            n++;
          } else if (i % 2 == 0) {
            autoSum += rows[b][i] - 6500;
            autoSquares += Math.pow(rows[b][i] - 6500, 2);
            autos++;
          } else {
            assertThat(rows[b][i]).isZero();
          }
        }
      }
    }
    // Four standard errors.
    assertThat(sum / n).isCloseTo(0, within(4 * expected / Math.sqrt(n)));
    assertThat(Math.sqrt(squares / n))
        .isCloseTo(expected, within(4 * expected / Math.sqrt(2.0 * n)));
    double auto = expected * Math.sqrt(2);
    assertThat(autoSum / autos).isCloseTo(0, within(4 * auto / Math.sqrt(autos)));
    assertThat(Math.sqrt(autoSquares / autos))
        .isCloseTo(auto, within(4 * auto / Math.sqrt(2.0 * autos)));
  }

  @Test
  void noiseOfTwoPlacesIsIndependent() {
    SimulatedObservation o =
        observation(Tracking.DRIFT, List.of(), 6500, Corruption.NONE, Interference.NONE);
    float[][] a = rows(o, 0, all());
    float[][] b = rows(o, 1, all());
    double sigma2 = o.noiseJy() * o.noiseJy();
    double times = 0;
    double hands = 0;
    double parts = 0;
    long n = 0;
    for (int r = 1; r < 12; r++) {
      for (int c = 0; c < BAND.channels(); c++) {
        times += a[r][4 * c] * (double) b[r][4 * c];
        hands += a[r][4 * c] * (double) a[r][4 * c + 2];
        parts += a[r][4 * c] * (double) a[r][4 * c + 1];
        n++;
      }
    }
    double limit = 4 / Math.sqrt(n);
    assertThat(times / n / sigma2).isCloseTo(0, within(limit));
    assertThat(hands / n / sigma2).isCloseTo(0, within(limit));
    assertThat(parts / n / sigma2).isCloseTo(0, within(limit));
  }

  @Test
  void corruptedIsModelTimesGains() {
    Corruption corruption = new Corruption(0.1, 0.2, 3e-9, 0.06, 0.02);
    SimulatedObservation model = quiet(Tracking.SIDEREAL, offCentre());
    SimulatedObservation corrupted =
        observation(Tracking.SIDEREAL, model.sources(), 0, corruption, Interference.NONE);
    AntennaGains truth = corrupted.gains();
    float[][] clean = rows(model, 6, all());
    float[][] bad = rows(corrupted, 6, all());
    int[] pairs = model.pairs();
    double spread = 0;
    for (int b = 0; b < clean.length; b++) {
      for (int c = 0; c < BAND.channels(); c++) {
        for (int p = 0; p < 2; p++) {
          double[] g = times(truth.bandpass(pairs[2 * b], p, c), truth.gain(pairs[2 * b], p, 6));
          double[] h =
              times(truth.bandpass(pairs[2 * b + 1], p, c), truth.gain(pairs[2 * b + 1], p, 6));
          h[1] = -h[1];
          int i = 4 * c + 2 * p;
          double[] v = times(times(g, h), new double[] {clean[b][i], clean[b][i + 1]});
          assertThat(bad[b][i]).isCloseTo((float) v[0], within(1e-5f));
          assertThat(bad[b][i + 1]).isCloseTo((float) v[1], within(1e-5f));
          spread = Math.max(spread, Math.abs(Math.hypot(g[0], g[1]) - 1));
        }
      }
    }
    assertThat(spread).isGreaterThan(0.05);
  }

  private static double[] times(double[] a, double[] b) {
    return new double[] {a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]};
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"GAUSSIAN", "DISK"})
  void extendedSourcesAreTheTransformOfTheirShape(Shape shape) {
    double major = Math.toRadians(60 / 3600.0);
    double minor = Math.toRadians(20 / 3600.0);
    double angle = Math.toRadians(30);
    SkySource source =
        new SkySource(
            new SkyComponent(
                "wide", FIELD, Spectrum.powerLaw(5, 1.4e9, -0.7), shape, major, minor, angle),
            LightCurve.STEADY);
    SimulatedObservation o = quiet(Tracking.SIDEREAL, source);
    float[][] rows = rows(o, 0, all());
    double[] uvw = uvw(o, 0);
    for (int b = 0; b < rows.length; b += 7) {
      for (int c = 0; c < BAND.channels(); c += 11) {
        double wavelength = C / BAND.frequencyHz(c);
        double u = uvw[3 * b] / wavelength;
        double v = uvw[3 * b + 1] / wavelength;
        double along = (u * Math.sin(angle) + v * Math.cos(angle)) * major;
        double across = (u * Math.cos(angle) - v * Math.sin(angle)) * minor;
        double flux = 5 * Math.pow(BAND.frequencyHz(c) / 1.4e9, -0.7);
        assertThat(rows[b][4 * c])
            .isCloseTo((float) (flux * transform(shape, along, across)), within(1e-3f));
        assertThat(rows[b][4 * c + 1]).isCloseTo(0, within(1e-6f));
      }
    }
  }

  /** Sum over a grid of the brightness, in units of the axes. */
  private static double transform(Shape shape, double along, double across) {
    double sum = 0;
    double weight = 0;
    double reach = shape == Shape.GAUSSIAN ? 2.5 : 0.5;
    int n = 600;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double x = reach * (2 * (i + 0.5) / n - 1);
        double y = reach * (2 * (j + 0.5) / n - 1);
        double r2 = x * x + y * y;
        double bright =
            shape == Shape.GAUSSIAN ? Math.exp(-4 * Math.log(2) * r2) : r2 < 0.25 ? 1 : 0;
        sum += bright * Math.cos(2 * Math.PI * (x * along + y * across));
        weight += bright;
      }
    }
    return sum / weight;
  }

  @Test
  void lightCurvesAreLinearBetweenTheirPoints() {
    LightCurve curve =
        new LightCurve(List.of(new LightCurve.Point(10, 1), new LightCurve.Point(20, 3)));
    assertThat(curve.at(0)).isEqualTo(1);
    assertThat(curve.at(15)).isEqualTo(2);
    assertThat(curve.at(20)).isEqualTo(3);
    assertThat(curve.at(99)).isEqualTo(3);
    assertThat(LightCurve.STEADY.at(5)).isEqualTo(1);
    SkySource flare =
        new SkySource(
            SkyComponent.point("flare", FIELD, Spectrum.flat(1)),
            new LightCurve(List.of(new LightCurve.Point(0, 0), new LightCurve.Point(100, 4))));
    SimulatedObservation o = quiet(Tracking.SIDEREAL, flare);
    double seconds = 2.5 * 12.884901888;
    assertThat(rows(o, 2, all())[1][0]).isCloseTo((float) (0.04 * seconds), within(1e-5f));
  }

  @Test
  void interferenceIsWhereTheMaskIs() {
    Interference interference = new Interference(0.1, 0.3, 50);
    SimulatedObservation o =
        observation(Tracking.SIDEREAL, List.of(), 0, Corruption.NONE, interference);
    int bursts = 0;
    for (int t = 0; t < 8; t++) {
      boolean[] mask = interference.mask(7, t, BAND.channels());
      float[][] rows = rows(o, t, all());
      for (int c = 0; c < mask.length; c++) {
        double power = Math.hypot(rows[1][4 * c], rows[1][4 * c + 1]);
        if (mask[c]) {
          assertThat(power).isBetween(50.0, 250.0);
        } else {
          assertThat(power).isZero();
        }
        // An antenna with itself has none.
        assertThat(rows[0][4 * c]).isZero();
      }
      long count = IntStream.range(0, mask.length).filter(c -> mask[c]).count();
      bursts += count > 12 ? 1 : 0;
    }
    assertThat(bursts).isBetween(0, 7);
    long persistent = 0;
    boolean[] many = new Interference(0.1, 0, 1).mask(3, 0, 100_000);
    for (boolean b : many) {
      persistent += b ? 1 : 0;
    }
    assertThat(persistent).isBetween(9_600L, 10_400L);
  }
}
