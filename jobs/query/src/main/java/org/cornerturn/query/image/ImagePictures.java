package org.cornerturn.query.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cornerturn.fits.FitsImageWriter;
import org.cornerturn.fits.ImageDescription;
import org.cornerturn.fits.LinearAxis;
import org.cornerturn.fits.PixelSource;
import org.cornerturn.image.ColorMap;
import org.cornerturn.image.SkyPicture;
import org.cornerturn.image.Stretch;
import org.cornerturn.plane.CutOut;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.plane.RegionMask;
import org.cornerturn.query.RequestMemory;
import org.cornerturn.query.Service;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.sky.Ds9Regions;
import org.cornerturn.sky.Wcs;
import org.cornerturn.skyimage.SkyImage;

/** Pictures of an image's planes: small ones, cut-outs and animations. */
final class ImagePictures {
  private static final String PNG = "image/png";
  private static final String GIF = "image/gif";
  private static final String FITS = "application/fits";

  private static final Parameter<String> ARRAY =
      Parameter.text("array", "Such as SKY, RESIDUAL, MODEL, PRIMARY_BEAM").or(SkyImage.SKY);
  private static final Parameter<Long> TIME =
      Parameter.integer("time", "Interval, counted from 0").or(0L);
  private static final Parameter<Long> CHANNEL =
      Parameter.integer("channel", "Counted from 0").or(0L);
  private static final Parameter<Long> POLARIZATION =
      Parameter.integer("polarization", "Counted from 0").or(0L);
  private static final Parameter<Stretch.Curve> STRETCH =
      Parameter.choice("stretch", "How brightness follows from values", Stretch.Curve.class)
          .or(Stretch.Curve.ASINH);
  private static final Parameter<Double> LOW =
      Parameter.number("low", "Percentile of the values that is darkest").or(1.0);
  private static final Parameter<Double> HIGH =
      Parameter.number("high", "Percentile of the values that is brightest").or(99.95);
  private static final Parameter<ColorMap> COLOURS =
      Parameter.choice("colours", "From dark to bright", ColorMap.class).or(ColorMap.DUSK);
  private static final Parameter<Double> RA =
      Parameter.number("ra", "Of the middle, degrees, ICRS").required();
  private static final Parameter<Double> DEC =
      Parameter.number("dec", "Of the middle, degrees, ICRS").required();
  private static final Parameter<String> REGION =
      Parameter.text(
          "region",
          "Regions of DS9, such as icrs;circle(128.7,55.6,60\"): what isn't in them is blank");

  /** What a cut-out is written as. */
  enum Format {
    PNG,
    FITS
  }

  /** What an animation goes along. */
  enum Along {
    TIME,
    CHANNEL
  }

  private static final Parameter<Format> FORMAT =
      Parameter.choice("format", "A picture, or a FITS file", Format.class).or(Format.PNG);
  private static final Parameter<Along> ALONG =
      Parameter.choice("along", "What changes from picture to picture", Along.class).or(Along.TIME);
  private static final Parameter<Long> MILLISECONDS =
      Parameter.integer("milliseconds", "For which each picture is shown", 20, 10_000).or(250L);

  private final Service service;
  private final ImageGroups groups;
  private final Limit mostFrames;
  private final Parameter<Long> size;
  private final Parameter<Long> side;

  ImagePictures(Service service, ImageGroups groups) {
    this.service = service;
    this.groups = groups;
    mostFrames =
        service.limits().declare("image_frames", 200, "pictures", "pictures of an animation");
    Limit mostSide =
        service.limits().declare("image_side", 4096, "pixels", "side of a picture or a cut-out");
    size =
        Parameter.integer("size", "Most pixels along a side of the picture", 1, mostSide.most())
            .or(Math.min(256, mostSide.most()));
    side =
        Parameter.integer("side", "Pixels of the image along a side", 1, mostSide.most())
            .or(Math.min(128, mostSide.most()));
  }

  void register(Router router) {
    router.get(
        picture("/thumbnail", "imageThumbnail", "An image as a small picture")
            .with(size)
            .answers(200, "The picture, north up", PNG)
            .answers(413, "It has more pixels than a request may read, and no pyramid"),
        this::thumbnail);
    router.get(
        picture("/cutout", "imageCutout", "A square of an image")
            .described(
                "The middle pixel, side / 2, is nearest to the direction. Beyond it is blank.")
            .with(RA, DEC, side, REGION, FORMAT)
            .answers(200, "A picture, or a FITS file that says where it lies", PNG, FITS)
            .answers(422, "The image doesn't show this direction"),
        this::cutout);
    router.get(
        picture("/animation", "imageAnimation", "Images along time or frequency")
            .described("All pictures have the same limits of brightness.")
            .with(size, ALONG, MILLISECONDS)
            .answers(200, "An animated GIF", GIF),
        this::animation);
  }

  private static Operation picture(String ending, String id, String summary) {
    return ImageRoutes.under(ending, id, summary)
        .with(ARRAY, TIME, CHANNEL, POLARIZATION, STRETCH, LOW, HIGH, COLOURS)
        .answers(304, "The asker has it already")
        .answers(404, "There is no such product or plane");
  }

  /** The plane that is asked for; empty where the asker has its answer already. */
  private Optional<OpenImage> open(Exchange exchange) throws Exception {
    OpenGroup group = groups.open(exchange);
    if (exchange.isAnsweredBy(
        Conditional.etag(group.version(), exchange.path(), exchange.query()))) {
      return Optional.empty();
    }
    SkyImage image = OpenImage.of(group);
    String array = exchange.value(ARRAY);
    if (!OpenImage.told(group, image::planes).contains(array)) {
      throw Problem.notFound("The image has no array " + array);
    }
    return Optional.of(
        new OpenImage(
            group,
            image,
            array,
            new int[] {
              index(exchange, TIME, image.times()),
              index(exchange, CHANNEL, image.channels()),
              index(exchange, POLARIZATION, OpenImage.told(group, image::polarizations).size())
            }));
  }

  private static int index(Exchange exchange, Parameter<Long> parameter, int count) {
    long value = exchange.value(parameter);
    if (value < 0 || value >= count) {
      throw Problem.notFound(
          "The image has " + count + " along " + parameter.name() + ", counted from 0");
    }
    return (int) value;
  }

  private static Stretch stretch(Exchange exchange, float[] pixels) {
    double low = exchange.value(LOW);
    double high = exchange.value(HIGH);
    if (!(low >= 0 && high <= 100 && low <= high)) {
      throw Problem.invalid(LOW.name(), "percentiles from 0 to 100, low no more than high");
    }
    return Stretch.percentiles(exchange.value(STRETCH), pixels, low, high);
  }

  private RequestMemory.Reservation reserve(Exchange exchange, long pixels)
      throws InterruptedException {
    return OpenImage.reserve(
        service.memory(), service.limits().requestBytes(), pixels, exchange.deadline());
  }

  private void thumbnail(Exchange exchange) throws Exception {
    Optional<OpenImage> open = open(exchange);
    if (open.isEmpty()) {
      return;
    }
    int most = Math.toIntExact(exchange.value(size));
    OpenImage.Level level = open.get().level(most);
    RequestMemory.Reservation held = reserve(exchange, level.pixels());
    try {
      OpenImage.Plane plane = open.get().plane(level);
      exchange.bytes(
          PNG,
          new SkyPicture(stretch(exchange, plane.pixels()), exchange.value(COLOURS), most)
              .png(plane.pixels(), plane.width(), plane.height()));
    } finally {
      held.close();
    }
  }

  private void animation(Exchange exchange) throws Exception {
    Optional<OpenImage> open = open(exchange);
    if (open.isEmpty()) {
      return;
    }
    OpenImage first = open.get();
    boolean time = exchange.value(ALONG) == Along.TIME;
    int count = time ? first.image().times() : first.image().channels();
    mostFrames.check(count);
    int most = Math.toIntExact(exchange.value(size));
    OpenImage.Level level = first.level(most);
    RequestMemory.Reservation held = reserve(exchange, count * level.pixels());
    try {
      List<float[]> planes = new ArrayList<>();
      float[] all = new float[Math.toIntExact(count * level.pixels())];
      for (int i = 0; i < count; i++) {
        exchange.deadline().check();
        OpenImage frame = time ? first.at(i, first.place()[1]) : first.at(first.place()[0], i);
        float[] pixels = frame.plane(level).pixels();
        System.arraycopy(pixels, 0, all, i * pixels.length, pixels.length);
        planes.add(pixels);
      }
      exchange.bytes(
          GIF,
          new SkyPicture(stretch(exchange, all), exchange.value(COLOURS), most)
              .gif(
                  planes,
                  level.width(),
                  level.height(),
                  Math.toIntExact(exchange.value(MILLISECONDS))));
    } finally {
      held.close();
    }
  }

  private void cutout(Exchange exchange) throws Exception {
    Optional<OpenImage> open = open(exchange);
    if (open.isEmpty()) {
      return;
    }
    SkyImage image = open.get().image();
    IcrsDirection middle = direction(exchange);
    int pixels = Math.toIntExact(exchange.value(side));
    CutOut cut;
    try {
      cut = CutOut.about(middle, image.wcs(), pixels);
    } catch (IllegalArgumentException e) {
      throw Problem.unprocessable(e.getMessage());
    }
    if (!cut.meets(image.width(), image.height())) {
      throw Problem.unprocessable("The image doesn't show this direction");
    }
    Wcs wcs = cut.wcs(image.wcs());
    RequestMemory.Reservation held = reserve(exchange, (long) pixels * pixels);
    try {
      float[] plane = open.get().pixels(cut);
      exchange.optional(REGION).ifPresent(text -> blank(text, wcs, pixels, plane));
      if (exchange.value(FORMAT) == Format.FITS) {
        exchange.header("Content-Disposition", "attachment; filename=\"cutout.fits\"");
        exchange.bytes(FITS, fits(open.get(), wcs, pixels, plane));
      } else {
        exchange.bytes(
            PNG,
            new SkyPicture(stretch(exchange, plane), exchange.value(COLOURS), pixels)
                .png(plane, pixels, pixels));
      }
    } finally {
      held.close();
    }
  }

  private static IcrsDirection direction(Exchange exchange) {
    double ra = exchange.value(RA);
    double dec = exchange.value(DEC);
    if (!(Math.abs(dec) <= 90)) {
      throw Problem.invalid(DEC.name(), dec + " is no declination");
    }
    if (!(Math.abs(ra) <= 720)) {
      throw Problem.invalid(RA.name(), ra + " is no right ascension");
    }
    return IcrsDirection.ofDegrees(ra - 360 * Math.floor(ra / 360), dec);
  }

  /** Blanks what isn't in the regions. */
  private static void blank(String regions, Wcs wcs, int side, float[] plane) {
    PlaneMask mask;
    try {
      mask = RegionMask.ofEntries(Ds9Regions.parse(regions), wcs, side, side);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(REGION.name(), e.getMessage());
    }
    for (int i = 0; i < plane.length; i++) {
      plane[i] = mask.contains(i % side, i / side) ? plane[i] : Float.NaN;
    }
  }

  private static byte[] fits(OpenImage open, Wcs wcs, int side, float[] plane) throws IOException {
    SkyImage image = open.image();
    int[] at = open.place();
    String unit = open.told(() -> image.unit(open.array()));
    ImageDescription description =
        ImageDescription.plane(side, side, wcs, unit.toUpperCase(Locale.ROOT))
            .withBeam(open.told(() -> image.beam(at[0], at[1], at[2])));
    Optional<Double> hertz = open.hertz();
    if (hertz.isPresent()) {
      double width = open.told(() -> image.channelHz(at[1]));
      String polarization = open.told(image::polarizations).get(at[2]);
      description =
          description.withAxes(
              LinearAxis.channel(hertz.get(), width > 0 ? width : 1),
              LinearAxis.of(Polarization.valueOf(polarization)));
    }
    double unix = open.told(image::unixTimes)[at[0]];
    description =
        description.withOrigin(
            new ImageDescription.Origin(
                image.field(),
                "",
                "",
                Double.isNaN(unix) ? null : Instant.ofEpochMilli(Math.round(unix * 1000)),
                hertz.orElse(0.0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FitsImageWriter(description, FitsImageWriter.Precision.SINGLE)
        .write(PixelSource.of(plane), out);
    return out.toByteArray();
  }
}
