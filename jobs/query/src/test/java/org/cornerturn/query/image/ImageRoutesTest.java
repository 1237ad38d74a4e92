package org.cornerturn.query.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.query.Server;
import org.cornerturn.query.Services;
import org.cornerturn.query.http.Json;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.skyimage.SkyImageLayout;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of two intervals: a star at pixel (40, 70), which the second has twice as bright. */
class ImageRoutesTest {
  private static final int WIDTH = 120;
  private static final int HEIGHT = 100;
  private static final int X = 40;
  private static final int Y = 70;
  private static final double PIXEL = Math.toRadians(10 / 3600.0);
  private static final String IMAGE = "/api/v1/images/files/night.image.zarr";

  private static final String REPORT = "<!DOCTYPE html><title>night</title>";

  @TempDir private static Path folder;
  private static Server server;
  private static SkyImageLayout layout;

  @BeforeAll
  static void start() throws IOException {
    layout =
        new SkyImageLayout(
            IcrsDirection.ofDegrees(359.99, 30),
            WIDTH,
            HEIGHT,
            PIXEL,
            List.of(60000.5, 60000.6),
            List.of(1.4e9),
            List.of(1e7),
            List.of("I"),
            4096);
    try (ObjectStore store = new LocalStore(folder.resolve("night.image.zarr"))) {
      ArrayMetadata plane = layout.plane(Primitive.FLOAT32, "test", "Jy/beam");
      for (int t = 0; t < 2; t++) {
        layout.write(store, "SKY", plane, new int[] {t, 0, 0}, plane(t));
      }
      GaussianBeam beam = new GaussianBeam(3 * PIXEL, 2 * PIXEL, 0.5);
      layout.writeCoordinates(store, new GaussianBeam[] {beam, beam});
      ZarrHierarchy hierarchy =
          new ZarrHierarchy(ZarrFormat.V3)
              .group("", layout.attributes(Map.of("sky", "SKY"), "field", ""));
      hierarchy.array("SKY", plane);
      layout.addTo(hierarchy);
      hierarchy.publish(store, "");
      store.put("report.html", REPORT.getBytes(StandardCharsets.UTF_8));
      new ZarrHierarchy(ZarrFormat.V3)
          .group("", Json.object())
          .publish(new LocalStore(folder.resolve("other.zarr")), "");
    }
    TableDefinition images =
        TableDefinition.named("images", "images")
            .text("product", "id")
            .text("root", "where it lies")
            .real("rms", "Jy/beam", "noise");
    new DeltaTable(new LocalStore(folder.resolve("warehouse/images")), images)
        .append(List.<Object[]>of(new Object[] {"night-1", "there", 0.25}), "test", 0);
    server = Services.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static float[] plane(int time) {
    float[] out = new float[WIDTH * HEIGHT];
    for (int i = 0; i < out.length; i++) {
      out[i] = i % 7 - 3;
    }
    out[Y * WIDTH + X] = 100 * (1 + time);
    return out;
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.uri().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static byte[] body(String path, String mediaType) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(mediaType);
    assertThat(answer.headers().firstValue("ETag")).isPresent();
    return answer.body();
  }

  private static JsonNode json(String path) throws Exception {
    return Json.mapper().readTree(body(path, "application/json"));
  }

  @Test
  void imagesAreListedAndDescribed() throws Exception {
    JsonNode list = json("/api/v1/images?filter=rms:lt:1");
    assertThat(list.path("items").path(0).path("product").asText()).isEqualTo("night-1");
    JsonNode one = json(IMAGE);
    assertThat(one.path("width").asInt()).isEqualTo(WIDTH);
    assertThat(one.path("arrays").path(0).asText()).isEqualTo("SKY");
    assertThat(one.path("times").path(1).asText()).startsWith("2023-02-25T14:24:00");
    assertThat(one.path("scale_arcsec").asDouble()).isCloseTo(10, within(1e-6));
    assertThat(one.path("beam").path("major_arcsec").asDouble()).isCloseTo(30, within(1e-6));
    assertThat(get("/api/v1/images/files/other.zarr").statusCode()).isEqualTo(422);
    assertThat(get("/api/v1/images/files/none.zarr").statusCode()).isEqualTo(404);
  }

  /** As a page in which nothing runs, and that shows nothing from elsewhere. */
  @Test
  void reportsAreShown() throws Exception {
    assertThat(body(IMAGE + "/report", "text/html;charset=utf-8"))
        .isEqualTo(REPORT.getBytes(StandardCharsets.UTF_8));
    assertThat(get(IMAGE + "/report").headers().allValues("Content-Security-Policy"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("default-src 'none'", "img-src data:", "sandbox")
        .doesNotContain("script");
    assertThat(get("/api/v1/images/files/other.zarr/report").statusCode()).isEqualTo(404);
  }

  private static BufferedImage picture(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void thumbnailsShowNorthUp() throws Exception {
    BufferedImage whole =
        picture(body(IMAGE + "/thumbnail?colours=grey&low=0&high=100", "image/png"));
    assertThat(whole.getWidth()).isEqualTo(WIDTH);
    assertThat(whole.getHeight()).isEqualTo(HEIGHT);
    assertThat(whole.getRGB(X, HEIGHT - 1 - Y) & 0xff).isEqualTo(255);
    BufferedImage small = picture(body(IMAGE + "/thumbnail?size=60", "image/png"));
    assertThat(small.getWidth()).isEqualTo(60);
    assertThat(get(IMAGE + "/thumbnail?time=2").statusCode()).isEqualTo(404);
    assertThat(get(IMAGE + "/thumbnail?array=NONE").statusCode()).isEqualTo(404);
    assertThat(get(IMAGE + "/thumbnail?low=60&high=50").statusCode()).isEqualTo(400);
  }

  private static String at(double x, double y) {
    IcrsDirection d = layout.wcs().direction(x, y);
    return "ra=" + Math.toDegrees(d.raRad()) + "&dec=" + Math.toDegrees(d.decRad());
  }

  @Test
  void cutOutsSayWhereTheyLie() throws Exception {
    byte[] file =
        body(IMAGE + "/cutout?format=fits&time=1&side=20&" + at(X, Y), "application/fits");
    Path saved = Files.write(folder.resolve("cutout.fits"), file);
    assertThat(OutsideProgram.run("fitsverify", "-q", saved.toString()))
        .contains("verification OK");
    try (ObjectStore store = new LocalStore(folder);
        ObjectChannel channel = store.open("cutout.fits")) {
      FitsImage image = FitsImage.open(channel);
      float[] pixels = image.plane(0, 0, 1000);
      assertThat(pixels[10 * 20 + 10]).isEqualTo(200);
      assertThat(pixels[0]).isEqualTo(plane(1)[(Y - 10) * WIDTH + X - 10]);
      double[] place = image.description().wcs().pixel(layout.wcs().direction(X, Y));
      assertThat(place[0]).isCloseTo(10, within(1e-6));
      assertThat(place[1]).isCloseTo(10, within(1e-6));
      assertThat(image.description().beam().majorRad()).isCloseTo(3 * PIXEL, within(1e-12));
      assertThat(image.description().frequency().first()).isEqualTo(1.4e9);
    }
    // Over the edge it is blank, which is grey.
    BufferedImage edge = picture(body(IMAGE + "/cutout?side=20&" + at(0, 0), "image/png"));
    assertThat(edge.getRGB(0, 19) & 0xffffff).isEqualTo(0xc8ced6);
    assertThat(edge.getRGB(12, 5) & 0xffffff).isNotEqualTo(0xc8ced6);
    assertThat(get(IMAGE + "/cutout?ra=180&dec=30").statusCode()).isEqualTo(422);
    assertThat(get(IMAGE + "/cutout?ra=3&dec=30").statusCode()).isEqualTo(422);
    assertThat(get(IMAGE + "/cutout?ra=3&dec=91").statusCode()).isEqualTo(400);
    assertThat(get(IMAGE + "/cutout?dec=30").statusCode()).isEqualTo(400);
  }

  @Test
  void regionsLeaveTheRestBlank() throws Exception {
    IcrsDirection d = layout.wcs().direction(X, Y);
    String region =
        URLEncoder.encode(
            "icrs;circle("
                + Math.toDegrees(d.raRad())
                + ","
                + Math.toDegrees(d.decRad())
                + ",25\")",
            StandardCharsets.UTF_8);
    byte[] file =
        body(
            IMAGE + "/cutout?format=fits&side=20&" + at(X, Y) + "&region=" + region,
            "application/fits");
    Files.write(folder.resolve("region.fits"), file);
    try (ObjectStore store = new LocalStore(folder);
        ObjectChannel channel = store.open("region.fits")) {
      float[] pixels = FitsImage.open(channel).plane(0, 0, 1000);
      int seen = 0;
      for (float p : pixels) {
        seen += Float.isNaN(p) ? 0 : 1;
      }
      assertThat(seen).isEqualTo(21); // Pixels within 2.5 of one.
      assertThat(pixels[10 * 20 + 10]).isEqualTo(100);
    }
    assertThat(get(IMAGE + "/cutout?" + at(X, Y) + "&region=blob").statusCode()).isEqualTo(400);
  }

  @Test
  void animationsHaveAPictureOfEachInterval() throws Exception {
    byte[] gif = body(IMAGE + "/animation?low=0&high=100&milliseconds=100", "image/gif");
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("gif");
    ImageReader reader = readers.next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
    assertThat(reader.getNumImages(true)).isEqualTo(2);
    int first = reader.read(0).getRGB(X, HEIGHT - 1 - Y) & 0xffffff;
    int second = reader.read(1).getRGB(X, HEIGHT - 1 - Y) & 0xffffff;
    assertThat(second).isEqualTo(0xfdf3a8).isNotEqualTo(first);
    assertThat(get(IMAGE + "/animation?milliseconds=1").statusCode()).isEqualTo(400);
  }
}
