package org.cornerturn.simulate;

import java.util.Arrays;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.ApparentPlace;
import org.cornerturn.radio.ChannelPhasors;
import org.cornerturn.radio.FringeRotator;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.radio.PhaseReference;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.UvwFrame;
import org.cornerturn.simulate.SimulatedObservation.Directions;
import org.cornerturn.simulate.SimulatedObservation.Tracking;
import org.cornerturn.sky.SampledComponent;

/**
 * Visibilities of a {@link SimulatedObservation}, one integration and one baseline at a time, at
 * some of its channels. Every number depends on the observation and its own place alone, whatever
 * was asked for before. Not for use by several threads.
 *
 * <p>V = g_1 conj(g_2) sum of S exp(+2 pi i nu/c (b.s - w)) + noise + interference, where b = r(2)
 * - r(1), s is the source's direction and w that of the phase reference. Both parallel hands have
 * Stokes I (I = (XX + YY) / 2), cross hands have nothing of an unpolarised source.
 */
public final class VisibilitySimulator {
  private static final long NOISE = 1;
  private static final long INTERFERENCE = 2;
  // Room for the 16 codes of polarizations beside the channel.
  private static final int CODES = 16;

  private final SimulatedObservation observation;
  private final int[] pairs;
  private final int[] channels;
  private final int[] firstReceptor;
  private final int[] secondReceptor;
  private final long[] code;
  private final double[] xyz;
  private final SampledComponent[] sources;
  private final ChannelPhasors phasors;
  private final AntennaGains gains;
  private final PhaseReference reference;
  private final boolean corrupted;
  private final double[][] bandRe;
  private final double[][] bandIm;
  private final double sigma;

  // Of the integration that was set.
  private int integration = -1;
  private double[] uvw;
  private double[] fieldUvw;
  private boolean[] mask;
  private final double[][] delay;
  private final double[][] amplitude;
  private final boolean[] silent;
  private final double[][] gainRe;
  private final double[][] gainIm;

  // Of the row in work.
  private final double[] re;
  private final double[] im;
  private final double[] resolved;

  /**
   * @param channels counted upwards from the band's lowest, in the order wanted
   */
  public VisibilitySimulator(SimulatedObservation observation, int[] channels) {
    this.observation = observation;
    this.channels = channels.clone();
    pairs = observation.pairs();
    int count = channels.length;
    double[] frequency = new double[count];
    for (int c = 0; c < count; c++) {
      frequency[c] = observation.band().frequencyHz(channels[c]);
    }
    phasors = new ChannelPhasors(frequency);
    sources =
        observation.sources().stream()
            .map(s -> new SampledComponent(s.component(), frequency))
            .toArray(SampledComponent[]::new);
    int antennas = observation.antennas().size();
    Geodetic site = observation.telescope().location();
    xyz = new double[3 * antennas];
    int at = 0;
    for (Antenna a : observation.antennas()) {
      System.arraycopy(UvwFrame.meridianAxes(a.position(), site), 0, xyz, at, 3);
      at += 3;
    }
    int hands = observation.polarizations().size();
    firstReceptor = new int[hands];
    secondReceptor = new int[hands];
    code = new long[hands];
    for (int p = 0; p < hands; p++) {
      Polarization polarization = observation.polarizations().get(p);
      firstReceptor[p] = receptor(polarization.feeds().get(0));
      secondReceptor[p] = receptor(polarization.feeds().get(1));
      code[p] = -polarization.aipsCode();
    }
    gains = observation.gains();
    corrupted = !observation.corruption().equals(Corruption.NONE);
    int receptors = corrupted ? 2 * antennas : 0;
    bandRe = new double[receptors][count];
    bandIm = new double[receptors][count];
    gainRe = new double[receptors][count];
    gainIm = new double[receptors][count];
    if (corrupted) {
      fillBandpass();
    }
    reference = observation.reference();
    sigma = observation.sefdJy() > 0 ? observation.noiseJy() : 0;
    delay = new double[sources.length][antennas];
    amplitude = new double[sources.length][count];
    silent = new boolean[sources.length];
    re = new double[count];
    im = new double[count];
    resolved = new double[count];
  }

  private static int receptor(String feed) {
    return feed.equals("X") || feed.equals("R") ? 0 : 1;
  }

  public int baselines() {
    return pairs.length / 2;
  }

  /** Numbers of a row: channels times polarizations times two. */
  public int rowLength() {
    return 2 * channels.length * observation.polarizations().size();
  }

  /** Goes to an integration. */
  public void integration(int number) {
    if (number == integration) {
      return;
    }
    Geodetic site = observation.telescope().location();
    LocalSky sky = LocalSky.over(site, observation.time(number));
    UvwFrame field = UvwFrame.towards(sky.place(observation.centre()));
    uvw = reference.frame(site, sky).project(xyz);
    fieldUvw = field.project(xyz);
    double[] pointing =
        observation.tracking() == Tracking.DRIFT
            ? UvwFrame.vector(0, ((PhaseReference.Meridian) reference).decRad())
            : field.vector(0, 0, 1);
    double seconds = (number + 0.5) * observation.integrationSeconds();
    for (int s = 0; s < sources.length; s++) {
      SkySource source = observation.sources().get(s);
      double[] towards = towards(source, sky, field);
      for (int a = 0; a < delay[s].length; a++) {
        delay[s][a] =
            (xyz[3 * a] * towards[0] + xyz[3 * a + 1] * towards[1] + xyz[3 * a + 2] * towards[2])
                / FringeRotator.SPEED_OF_LIGHT;
      }
      double cosine =
          pointing[0] * towards[0] + pointing[1] * towards[1] + pointing[2] * towards[2];
      double x = pointing[1] * towards[2] - pointing[2] * towards[1];
      double y = pointing[2] * towards[0] - pointing[0] * towards[2];
      double z = pointing[0] * towards[1] - pointing[1] * towards[0];
      sources[s].amplitudes(
          source.lightCurve().at(seconds),
          observation.beam(),
          Math.sqrt(x * x + y * y + z * z),
          cosine < 0,
          observation.dishDiameterMetres(),
          amplitude[s]);
      silent[s] = Arrays.stream(amplitude[s]).allMatch(a -> a == 0);
    }
    if (corrupted) {
      fillGains(number);
    }
    mask =
        observation.interference().equals(Interference.NONE)
            ? null
            : observation
                .interference()
                .mask(observation.seed(), number, observation.band().channels());
    integration = number;
  }

  private double[] towards(SkySource source, LocalSky sky, UvwFrame field) {
    if (observation.directions() == Directions.APPARENT) {
      ApparentPlace place = sky.place(source.direction());
      return UvwFrame.vector(place.hourAngleRad(), place.decRad());
    }
    double[] lmn = source.direction().cosines(observation.centre());
    return field.vector(lmn[0], lmn[1], lmn[2]);
  }

  private void fillBandpass() {
    for (int a = 0; a < observation.antennas().size(); a++) {
      for (int r = 0; r < 2; r++) {
        for (int c = 0; c < channels.length; c++) {
          double[] b = gains.bandpass(a, r, channels[c]);
          bandRe[2 * a + r][c] = b[0];
          bandIm[2 * a + r][c] = b[1];
        }
      }
    }
  }

  private void fillGains(int number) {
    for (int k = 0; k < gainRe.length; k++) {
      double[] g = gains.gain(k / 2, k % 2, number);
      for (int c = 0; c < channels.length; c++) {
        gainRe[k][c] = g[0] * bandRe[k][c] - g[1] * bandIm[k][c];
        gainIm[k][c] = g[0] * bandIm[k][c] + g[1] * bandRe[k][c];
      }
    }
  }

  /**
   * uvw of a baseline in this integration, in the frame of the phase reference.
   *
   * @param out three metres from index {@code at} on
   */
  public void uvw(int baseline, double[] out, int at) {
    int a = 3 * pairs[2 * baseline];
    int b = 3 * pairs[2 * baseline + 1];
    for (int i = 0; i < 3; i++) {
      out[at + i] = uvw[b + i] - uvw[a + i];
    }
  }

  /**
   * Visibilities of a baseline in this integration.
   *
   * @param out complex (channel, polarization), real and imaginary parts in turn, Jy
   * @param at index of the first
   */
  public void row(int baseline, float[] out, int at) {
    int a = pairs[2 * baseline];
    int b = pairs[2 * baseline + 1];
    Arrays.fill(re, 0);
    Arrays.fill(im, 0);
    double w = (uvw[3 * b + 2] - uvw[3 * a + 2]) / FringeRotator.SPEED_OF_LIGHT;
    for (int s = 0; s < sources.length; s++) {
      if (silent[s]) {
        continue;
      }
      double[] flux = amplitude[s];
      if (sources[s].isExtended()) {
        double u = fieldUvw[3 * b] - fieldUvw[3 * a];
        double v = fieldUvw[3 * b + 1] - fieldUvw[3 * a + 1];
        sources[s].resolve(u, v, flux, resolved);
        flux = resolved;
      }
      phasors.accumulate(delay[s][b] - delay[s][a] - w, flux, re, im);
    }
    if (a == b && sigma > 0) {
      for (int c = 0; c < re.length; c++) {
        re[c] += observation.sefdJy();
      }
    }
    for (int p = 0; p < code.length; p++) {
      if (firstReceptor[p] != secondReceptor[p]) {
        clear(out, at, p);
      } else if (corrupted) {
        corrupt(2 * a + firstReceptor[p], 2 * b + secondReceptor[p], out, at, p);
      } else {
        copy(out, at, p);
      }
    }
    if (sigma > 0) {
      addNoise(a, b, out, at);
    }
    if (mask != null && a != b) {
      addInterference(a, b, out, at);
    }
  }

  private void clear(float[] out, int at, int p) {
    int step = 2 * code.length;
    for (int c = 0, i = at + 2 * p; c < re.length; c++, i += step) {
      out[i] = 0;
      out[i + 1] = 0;
    }
  }

  private void copy(float[] out, int at, int p) {
    int step = 2 * code.length;
    for (int c = 0, i = at + 2 * p; c < re.length; c++, i += step) {
      out[i] = (float) re[c];
      out[i + 1] = (float) im[c];
    }
  }

  private void corrupt(int first, int second, float[] out, int at, int p) {
    double[] ar = gainRe[first];
    double[] ai = gainIm[first];
    double[] br = gainRe[second];
    double[] bi = gainIm[second];
    int step = 2 * code.length;
    for (int c = 0, i = at + 2 * p; c < re.length; c++, i += step) {
      double gr = ar[c] * br[c] + ai[c] * bi[c];
      double gi = ai[c] * br[c] - ar[c] * bi[c];
      out[i] = (float) (re[c] * gr - im[c] * gi);
      out[i + 1] = (float) (re[c] * gi + im[c] * gr);
    }
  }

  /**
   * Receiver noise. An antenna with itself has twice the variance and no imaginary part in its
   * parallel hands.
   */
  private void addNoise(int a, int b, float[] out, int at) {
    CounterRandom draws = new CounterRandom(observation.seed(), NOISE, integration, a, b);
    int i = at;
    for (int channel : channels) {
      for (int p = 0; p < code.length; p++, i += 2) {
        long bits = draws.bits((long) channel * CODES + code[p]);
        double real = Ziggurat.normal((int) (bits >>> 32));
        double imaginary = Ziggurat.normal((int) bits);
        if (a == b && firstReceptor[p] == secondReceptor[p]) {
          out[i] += (float) (sigma * Math.sqrt(2) * real);
        } else {
          out[i] += (float) (sigma * real);
          out[i + 1] += (float) (sigma * imaginary);
        }
      }
    }
  }

  private void addInterference(int a, int b, float[] out, int at) {
    CounterRandom draws = new CounterRandom(observation.seed(), INTERFERENCE, integration, a, b);
    double strength = observation.interference().strengthJy() * (1 + 4 * draws.uniform(0));
    double phase = 2 * Math.PI * draws.uniform(1);
    float real = (float) (strength * Math.cos(phase));
    float imaginary = (float) (strength * Math.sin(phase));
    int step = 2 * code.length;
    for (int c = 0; c < channels.length; c++) {
      if (mask[channels[c]]) {
        for (int i = at + c * step; i < at + (c + 1) * step; i += 2) {
          out[i] += real;
          out[i + 1] += imaginary;
        }
      }
    }
  }
}
