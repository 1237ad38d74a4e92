package org.cornerturn.jobs.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.IntStream;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Writer;
import org.cornerturn.hdf5.WriteGroup;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.simulate.AntennaGains;
import org.cornerturn.simulate.SimulatedObservation;
import org.cornerturn.simulate.SkySource;
import org.cornerturn.sky.SkyComponent;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/**
 * What was simulated, for those who judge by it: JSON for people and programs, and an HDF5 file of
 * the arrays, in ascending frequency.
 */
final class Uvh5Truth {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Uvh5Parameters parameters;
  private final SimulatedObservation observation;

  Uvh5Truth(Uvh5Parameters parameters) {
    this.parameters = parameters;
    this.observation = parameters.observation();
  }

  void write(ObjectStore folder) throws IOException {
    try (PendingObject out = folder.create(parameters.truthArraysKey());
        Hdf5Writer writer = Hdf5Writer.sequential(out)) {
      arrays(writer.root());
      writer.finish();
      out.publish();
    }
    byte[] json = JSON.writeValueAsBytes(document());
    folder.put(parameters.truthKey(), json);
  }

  private ObjectNode document() {
    ObjectNode root = JSON.createObjectNode();
    root.put("made_by", "cornerturn simulate uvh5").put("seed", observation.seed());
    ArrayNode files = root.putArray("files");
    parameters.files().stream().sorted().map(parameters::key).forEach(files::add);
    root.set("missing_subbands", JSON.valueToTree(parameters.dropped()));
    root.set("placeholder_subbands", JSON.valueToTree(parameters.placeholders()));
    Geodetic site = observation.telescope().location();
    root.putObject("site")
        .put("telescope", observation.telescope().name())
        .put("latitude_deg", site.latitudeDegrees())
        .put("longitude_deg", site.longitudeDegrees())
        .put("altitude_m", site.heightMetres());
    root.putObject("time")
        .put("start_jd_day", observation.start().day())
        .put("start_jd_fraction", observation.start().fraction())
        .put("integration_s", observation.integrationSeconds())
        .put("integrations", observation.integrations())
        .put("dut1_s", observation.earthOrientation().dut1Seconds())
        .put("earth_orientation", observation.hasEarthOrientation() ? "IERS-B" : "unknown");
    root.putObject("phase_reference")
        .put("tracking", parameters.isDrift() ? "drift" : "sidereal")
        .put("ra_deg", Math.toDegrees(observation.centre().raRad()))
        .put("dec_deg", Math.toDegrees(observation.centre().decRad()))
        .put("apparent_dec_rad", observation.pointingDecRad())
        .put("directions", lower(observation.directions()));
    root.putObject("band")
        .put("lowest_edge_hz", observation.band().lowestEdgeHz())
        .put("channel_width_hz", observation.band().channelWidthHz())
        .put("channels", observation.band().channels());
    root.putObject("beam")
        .put("pattern", lower(observation.beam()))
        .put("dish_diameter_m", observation.dishDiameterMetres());
    root.putObject("noise")
        .put("sefd_jy", observation.sefdJy())
        .put("efficiency", observation.efficiency())
        .put("sigma_jy", observation.sefdJy() > 0 ? observation.noiseJy() : 0);
    ArrayNode sources = root.putArray("sources");
    observation.sources().forEach(s -> sources.add(source(s)));
    root.set("corruption", JSON.valueToTree(observation.corruption()));
    root.set("antennas", antennas());
    ObjectNode interference = root.putObject("interference");
    interference.put("strength_jy", observation.interference().strengthJy());
    interference.put("mask", parameters.truthArraysKey() + ":/rfi_mask");
    ObjectNode arrays = root.putObject("arrays");
    arrays.put("bandpass", parameters.truthArraysKey() + ":/bandpass");
    arrays.put("gain", parameters.truthArraysKey() + ":/gain");
    return root;
  }

  private ObjectNode source(SkySource s) {
    double[] lmn = s.direction().cosines(observation.centre());
    SkyComponent c = s.component();
    ObjectNode node =
        JSON.createObjectNode()
            .put("name", s.name())
            .put("ra_deg", Math.toDegrees(s.direction().raRad()))
            .put("dec_deg", Math.toDegrees(s.direction().decRad()))
            .put("l", lmn[0])
            .put("m", lmn[1])
            .put("flux_jy", s.fluxJy())
            .put("reference_hz", c.spectrum().referenceHz())
            .put("spectral_index", c.spectrum().index())
            .put("shape", lower(c.shape()))
            .put("major_arcsec", Math.toDegrees(c.majorRad()) * 3600)
            .put("minor_arcsec", Math.toDegrees(c.minorRad()) * 3600)
            .put("pa_deg", Math.toDegrees(c.positionAngleRad()));
    ArrayNode curve = node.putArray("light_curve");
    s.lightCurve().points().forEach(p -> curve.addArray().add(p.seconds()).add(p.factor()));
    return node;
  }

  private ArrayNode antennas() {
    AntennaGains gains = observation.gains();
    ArrayNode all = JSON.createArrayNode();
    int n = 0;
    for (Antenna a : observation.antennas()) {
      ObjectNode node = all.addObject().put("number", a.number()).put("name", a.name());
      ArrayNode delays = node.putArray("delay_s");
      delays.add(gains.delaySeconds(n, 0)).add(gains.delaySeconds(n, 1));
      n++;
    }
    return all;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Receptor 0 is X or R, receptor 1 Y or L. */
  private void arrays(WriteGroup root) {
    AntennaGains gains = observation.gains();
    int antennas = observation.antennas().size();
    int channels = observation.band().channels();
    int times = observation.integrations();
    double[] hertz =
        IntStream.range(0, channels).mapToDouble(observation.band()::frequencyHz).toArray();
    root.dataset(
        "frequency_hz", new Block(Primitive.FLOAT64, Shape.of(channels), Block.toBytes(hertz)));
    double[] julian =
        IntStream.range(0, times).mapToDouble(t -> observation.time(t).toDouble()).toArray();
    root.dataset("time_jd", new Block(Primitive.FLOAT64, Shape.of(times), Block.toBytes(julian)));
    float[] bandpass = new float[4 * antennas * channels];
    int at = 0;
    for (int a = 0; a < antennas; a++) {
      for (int c = 0; c < channels; c++) {
        for (int r = 0; r < 2; r++) {
          at = put(bandpass, at, gains.bandpass(a, r, c));
        }
      }
    }
    root.dataset(
        "bandpass",
        new Block(Primitive.COMPLEX64, Shape.of(antennas, channels, 2), Block.toBytes(bandpass)));
    float[] gain = new float[4 * antennas * times];
    at = 0;
    for (int t = 0; t < times; t++) {
      for (int a = 0; a < antennas; a++) {
        for (int r = 0; r < 2; r++) {
          at = put(gain, at, gains.gain(a, r, t));
        }
      }
    }
    root.dataset(
        "gain", new Block(Primitive.COMPLEX64, Shape.of(times, antennas, 2), Block.toBytes(gain)));
    byte[] mask = new byte[times * channels];
    for (int t = 0; t < times; t++) {
      boolean[] bad = observation.interference().mask(observation.seed(), t, channels);
      for (int c = 0; c < channels; c++) {
        mask[t * channels + c] = (byte) (bad[c] ? 1 : 0);
      }
    }
    root.dataset("rfi_mask", new Block(Primitive.BOOL, Shape.of(times, channels), mask));
  }

  private static int put(float[] out, int at, double[] complex) {
    out[at] = (float) complex[0];
    out[at + 1] = (float) complex[1];
    return at + 2;
  }
}
