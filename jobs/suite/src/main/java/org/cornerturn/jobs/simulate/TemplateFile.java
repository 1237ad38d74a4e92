package org.cornerturn.jobs.simulate;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Instrument;
import org.cornerturn.radio.Instrument.Band;
import org.cornerturn.radio.Instrument.Layout;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.Uvh5Header;

/**
 * An existing UVH5 file whose array and axes a simulation takes over.
 *
 * @param start of its first integration, UTC
 */
record TemplateFile(Instrument instrument, JulianDate start) {
  private static final double EVEN = 1e-6;

  /**
   * @param named instrument that says what the file doesn't: SEFD, beam
   */
  static TemplateFile read(String uri, Instrument named, Map<String, String> hadoop)
      throws IOException {
    int slash = uri.lastIndexOf('/');
    String folder = slash < 0 ? "." : slash == 0 ? "/" : uri.substring(0, slash);
    try (ObjectStore store = Stores.open(folder, hadoop);
        Uvh5File file = Uvh5File.open(store.open(uri.substring(slash + 1)))) {
      Uvh5Header header = file.header();
      if (header.groups().size() != 1
          || header.polarizations().stream().anyMatch(Polarization::isStokes)) {
        throw new UserError(
            "--template " + uri,
            "it has several spectral windows, or Stokes parameters",
            "Use a file of one window and correlations");
      }
      double seconds = file.rows().integrationSeconds(0, 1)[0];
      Instrument instrument =
          new Instrument(
              named.name(),
              header.telescope(),
              named.dishDiameterMetres(),
              named.mount(),
              header.groups().get(0).polarizations(),
              seconds,
              header.times(),
              band(uri, header.groups().get(0).window()),
              named.subbands(),
              named.descending(),
              named.beam(),
              named.sefdJy(),
              named.efficiency(),
              named.apertureEfficiency(),
              new Layout.Stations(antennas(header.antennas())));
      double middle = file.rows().julianDates(0, 1)[0];
      return new TemplateFile(instrument, JulianDate.of(middle).plusSeconds(-seconds / 2));
    } catch (NoSuchFileException e) {
      throw new UserError("--template " + uri, "there is no such file", "Name another", e);
    }
  }

  private static Band band(String uri, SpectralWindow window) {
    int n = window.channels();
    double width = window.widthHz(0);
    double lowest = window.frequencyHz(0) - width / 2;
    Band band = new Band(lowest, width, n);
    for (int c = 0; c < n; c++) {
      if (Math.abs(band.frequencyHz(c) - window.frequencyHz(c)) > EVEN * window.frequencyHz(c)) {
        throw new UserError(
            "--template " + uri,
            "its channels have gaps or differ in width",
            "Use a file of an even band, or leave out --template and give the band");
      }
    }
    return band;
  }

  /** Numbers from 1 on, as stations have them, where the file counts from 0. */
  private static List<Antenna> antennas(List<Antenna> all) {
    int lift = all.stream().anyMatch(a -> a.number() == 0) ? 1 : 0;
    return all.stream()
        .map(
            a ->
                new Antenna(
                    a.number() + lift,
                    a.name(),
                    a.position(),
                    a.diameterMetres(),
                    a.feeds(),
                    a.feedAnglesRad(),
                    a.mount()))
        .toList();
  }
}
