package org.cornerturn.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;

/** Tiny products for tests, and the Spark context that the test classes of a JVM share. */
final class Tiny {
  static final String METADATA = "zarr.json";

  private Tiny() {}

  static SparkContext spark() {
    return Sessions.context(
        "tests",
        "local[2]",
        Map.of("spark.ui.showConsoleProgress", "false", "spark.log.level", "WARN"));
  }

  static ProductPlan<TinyTask> product(String root, long seed, List<TinyTask> tasks) {
    return product(root, seed, tasks, List.of());
  }

  static ProductPlan<TinyTask> product(
      String root, long seed, List<TinyTask> tasks, List<Refusal> refusals) {
    ObjectNode parameters = new ObjectMapper().createObjectNode().put("seed", seed);
    return ProductPlan.folder(
        "tiny",
        root,
        new Fingerprint().with("seed", seed).with("root", root).hex(),
        "make",
        parameters,
        List.of(new InputVersion("in.h5", "v1", 10)),
        new ChunkPlan<>(tasks),
        refusals,
        new TinyPublisher(seed));
  }

  /** The same product with another way to publish it. */
  static ProductPlan<TinyTask> with(ProductPlan<TinyTask> p, Publisher publisher) {
    return new ProductPlan<>(
        p.name(),
        p.root(),
        p.state(),
        p.fingerprint(),
        p.verb(),
        p.parameters(),
        p.inputs(),
        p.chunks(),
        p.refusals(),
        publisher);
  }

  static List<TinyTask> tasks(int count, long seed, int size) {
    return IntStream.range(0, count).mapToObj(i -> TinyTask.of(i, seed, size)).toList();
  }

  static List<TinyTask> tasks(int count, int special, UnaryOperator<TinyTask> change) {
    return IntStream.range(0, count)
        .mapToObj(i -> TinyTask.of(i, 1, 100))
        .map(t -> t.id().equals("c/" + special) ? change.apply(t) : t)
        .toList();
  }

  static RunRequest<TinyTask> request(String folder, List<ProductPlan<TinyTask>> products) {
    return request(folder, products, RunRequest.Existing.REFUSE, null);
  }

  static RunRequest<TinyTask> request(
      String folder,
      List<ProductPlan<TinyTask>> products,
      RunRequest.Existing existing,
      String warehouse) {
    return new RunRequest<>(
        "make",
        List.of("make", folder),
        new ObjectMapper().createObjectNode().put("folder", folder),
        folder,
        products,
        List.of(),
        existing,
        RunRequest.OnUnsupported.SKIP,
        warehouse);
  }

  static RunRequest<TinyTask> single(ProductPlan<TinyTask> product) {
    return request(product.root(), List.of(product));
  }

  /** Every object that a reader of the product sees, by key. */
  static Map<String, String> content(String root, Map<String, String> hadoop) throws IOException {
    Map<String, String> content = new TreeMap<>();
    ObjectStore store = Stores.open(root, hadoop);
    for (ObjectStatus s : store.list("")) {
      if (!s.key().startsWith(ProductPlan.STATE + "/")) {
        content.put(s.key(), new String(store.get(s.key()), StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }

  record TinyPublisher(long seed) implements Publisher {
    @Override
    public void publish(ObjectStore root) throws IOException {
      root.put(METADATA, ("{\"seed\":" + seed + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void unpublish(ObjectStore root) throws IOException {
      root.delete(METADATA);
    }
  }
}
