package org.cornerturn.query.waveform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.cornerturn.pyramid.Envelope;
import org.cornerturn.pyramid.EnvelopePlan;
import org.cornerturn.query.Service;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.product.ProductPlaces;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.waveform.WindowAnswer.Format;
import org.cornerturn.query.zarr.ZarrStores;

/** Waveforms: a list, one of them, a window of a trace. */
public final class WaveformRoutes implements Routes {
  private static final String TAG = "Waveforms";
  private static final int USUAL_WIDTH = 1200;

  private static final Parameter<String> PRODUCT =
      Parameter.text("product", "ROOT/path of a Zarr store or an HDF5 file, or a product's id")
          .inPath();
  private static final Parameter<String> PATH =
      Parameter.text("path", "dataset in an HDF5 file; without it, the one that looks like it")
          .or("");
  private static final Parameter<Long> CHANNEL =
      Parameter.integer("channel", "counted from 0").or(0L);
  private static final Parameter<Long> TRC = Parameter.integer("trc", "counted from 0").or(0L);
  private static final Parameter<Long> SEGMENT =
      Parameter.integer("segment", "counted from 0").or(0L);
  private static final Parameter<Double> T0 =
      Parameter.number("t0", "begin, seconds after the trace's first sample");
  private static final Parameter<Double> T1 = Parameter.number("t1", "end, seconds");
  private static final Parameter<Long> START =
      Parameter.integer("start", "first sample, instead of t0");
  private static final Parameter<Long> STOP =
      Parameter.integer("stop", "sample behind the last, instead of t1");
  private static final Parameter<Units> UNITS =
      Parameter.choice("units", "of minima and maxima", Units.class).or(Units.MV);
  private static final Parameter<Format> FORMAT =
      Parameter.choice(
          "format", "bin: minima, then maxima, little-endian; else by Accept", Format.class);

  private static final Parameter<String> PREFIX =
      Parameter.text("prefix", "ROOT or ROOT/folder to look in; without it, everywhere").or("");
  private static final Parameter<String> CURSOR =
      Parameter.text("cursor", "next of the page before");

  private final ProductPlaces products;
  private final Waveforms waveforms;
  private final WindowReader reader;
  private final WaveformSearch search;
  private final Limit mostBuckets;
  private final Parameter<Long> width;
  private final Parameter<Long> limit;

  public WaveformRoutes(Service service, ZarrStores stores, ProductPlaces products) {
    this.products = products;
    waveforms = new Waveforms(service.caches(), stores);
    reader = new WindowReader(service);
    search = new WaveformSearch(waveforms, service.limits());
    mostBuckets =
        service
            .limits()
            .declare("waveform_buckets", 10_000, "buckets", "width of a window of a waveform");
    width =
        Parameter.integer("width", "most buckets, such as the pixels of a plot")
            .or((long) USUAL_WIDTH);
    limit =
        Parameter.integer("limit", "waveforms of a page", 1, service.limits().pageRows().most())
            .or(Math.min(100, service.limits().pageRows().most()));
  }

  @Override
  public void register(Router router) {
    router.get(
        Operation.at("/api/v1/waveforms", "waveforms", TAG, "The waveforms in the roots")
            .described(
                "Zarr stores and HDF5 files are looked into in the order of their keys. A page may"
                    + " have few or none and yet a next one: a request looks into a limited number.")
            .with(PREFIX, limit, CURSOR)
            .answers(200, "A page", "application/json"),
        this::list);
    router.get(
        Operation.at(
                "/api/v1/waveforms/<product>/window",
                "waveformWindow",
                TAG,
                "The exact envelope of a window of a trace")
            .described(
                "Minimum and maximum of each bucket of bucket_samples samples; buckets begin at"
                    + " multiples of that number, the first and the last are cut where the window"
                    + " is. With bucket_samples 1 these are the samples.")
            .with(PRODUCT, PATH, CHANNEL, TRC, SEGMENT, T0, T1, START, STOP, width, UNITS, FORMAT)
            .answers(
                200,
                "The envelope",
                Format.JSON.mediaType(),
                Format.BIN.mediaType(),
                Format.NPY.mediaType(),
                Format.CSV.mediaType())
            .answers(304, "The asker has it already")
            .answers(404, "There is no such waveform or trace"),
        this::window);
    router.get(
        Operation.at("/api/v1/waveforms/<product>", "waveform", TAG, "One waveform")
            .with(PRODUCT, PATH)
            .answers(200, "Its shape, scale and levels", "application/json")
            .answers(404, "There is no waveform"),
        this::one);
  }

  private void list(Exchange exchange) throws Exception {
    WaveformSearch.Page page =
        search.page(
            exchange,
            exchange.value(PREFIX),
            exchange.optional(CURSOR),
            Math.toIntExact(exchange.value(limit)));
    ObjectNode node = Json.object();
    ArrayNode items = node.putArray("waveforms");
    page.found().forEach(w -> items.add(brief(w)));
    ArrayNode unreadable = node.putArray("unreadable");
    page.unreadable()
        .forEach((key, reason) -> unreadable.addObject().put("product", key).put("reason", reason));
    if (page.next() != null) {
      node.put("next", page.next());
    }
    exchange.json(node);
  }

  private Waveform open(Exchange exchange) throws Exception {
    String product = exchange.value(PRODUCT);
    Located place = products.find(exchange, product).orElseGet(() -> exchange.locate(product));
    return waveforms.open(place, exchange.value(PATH), exchange.deadline());
  }

  private void one(Exchange exchange) throws Exception {
    Waveform w = open(exchange);
    if (exchange.isAnsweredBy(Conditional.etag(w.version(), "waveform", w.array()))) {
      return;
    }
    ObjectNode node = brief(w);
    node.set("gains", Json.node(w.scale().gains()));
    node.set("offsets", Json.node(w.scale().offsets()));
    if (w.scale().horizOffset() != null) {
      node.set("horiz_offset", w.scale().horizOffset());
    }
    ArrayNode levels = node.putArray("levels");
    for (Level level : w.levels()) {
      levels
          .addObject()
          .put("name", name(w, level))
          .put("samples_per_bin", level.samplesPerBin())
          .put("bins", level.bins());
    }
    exchange.json(node);
  }

  private static ObjectNode brief(Waveform w) {
    ObjectNode node = Json.object();
    node.put("product", w.place().fullKey());
    node.put("kind", w.kind());
    node.put("array", w.array());
    node.put("channels", w.shape().dim(0));
    node.put("trcs", w.shape().dim(1));
    node.put("segments", w.shape().dim(2));
    node.put("samples", w.samples());
    node.put("dtype", w.type().name().toLowerCase(Locale.ROOT));
    node.put("dt", w.scale().interval());
    node.put("duration", (w.samples() - 1) * w.scale().interval());
    node.put("units", Units.MV.text());
    node.put("stored_levels", w.levels().stream().filter(WaveformRoutes::isStored).count());
    return node;
  }

  /** Path in the store, without the store's own. */
  private static String name(Waveform w, Level level) {
    String above = w.place().key() + "/";
    return level.name().startsWith(above) ? level.name().substring(above.length()) : level.name();
  }

  private static boolean isStored(Level level) {
    return level instanceof Level.Stored || level instanceof Level.Overview;
  }

  private void window(Exchange exchange) throws Exception {
    long buckets = mostBuckets.check(exchange.value(width));
    if (buckets < 2) {
      throw Problem.invalid("width", buckets + " is below 2");
    }
    Waveform w = open(exchange);
    Trace trace =
        Trace.of(exchange.value(CHANNEL), exchange.value(TRC), exchange.value(SEGMENT), w.shape());
    Window window = window(exchange, w, (int) buckets);
    Units units = exchange.value(UNITS);
    Format format =
        exchange
            .optional(FORMAT)
            .orElseGet(() -> Format.accepted(exchange.header("Accept").orElse("")));
    exchange.header("Vary", "Accept");
    String etag =
        Conditional.etag(w.version(), w.place().fullKey(), w.array(), trace, window, units, format);
    if (exchange.isAnsweredBy(etag)) {
      return;
    }
    EnvelopePlan plan =
        EnvelopePlan.of(w.samples(), w.plan(), window.start(), window.stop(), window.width());
    Envelope envelope = reader.read(w, trace, plan, exchange.deadline());
    EnvelopeValues values = EnvelopeValues.of(envelope, w.scale(), trace, units);
    new WindowAnswer(w, trace, plan, units, values).send(exchange, format);
  }

  private static Window window(Exchange exchange, Waveform w, int width) {
    Optional<Double> from = exchange.optional(T0);
    Optional<Double> to = exchange.optional(T1);
    Optional<Long> start = exchange.optional(START);
    Optional<Long> stop = exchange.optional(STOP);
    if (start.isPresent() || stop.isPresent()) {
      if (from.isPresent() || to.isPresent()) {
        throw Problem.invalid("start", "give samples (start, stop) or times (t0, t1), not both");
      }
      return Window.ofSamples(start.orElse(0L), stop.orElse(w.samples()), w.samples(), width);
    }
    double end = (w.samples() - 1) * w.scale().interval();
    return Window.ofTime(
        from.orElse(0.0), to.orElse(end), w.scale().interval(), w.samples(), width);
  }
}
