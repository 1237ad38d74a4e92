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
import org.cornerturn.spark.TinyTask.Mishap;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

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

  /** Tasks whose objects lie in a member of a branch. */
  static List<TinyTask> tasksIn(String member, int count, Mishap of3) {
    return IntStream.range(0, count)
        .mapToObj(i -> new TinyTask(member + "/" + i, 1, 100, 0, i == 3 ? of3 : Mishap.NONE))
        .toList();
  }

  /** A branch of one member, of the same name, in a folder that is published. */
  static ProductPlan<TinyTask> branch(String root, String member, long seed, List<TinyTask> tasks) {
    return ProductPlan.branch(
        "tiny." + member,
        root,
        member,
        List.of(member),
        new Fingerprint().with("seed", seed).with("member", member).hex(),
        "make",
        new ObjectMapper().createObjectNode().put("seed", seed),
        List.of(new InputVersion(root, "v1", 10)),
        new ChunkPlan<>(tasks),
        new TinyMemberPublisher(member, seed));
  }

  /** A store with a group {@code ms}, as somebody published it. */
  static void publishAround(String store) throws IOException {
    ObjectMapper json = new ObjectMapper();
    new ZarrHierarchy(ZarrFormat.V3)
        .group("", json.createObjectNode())
        .group("ms", json.createObjectNode().put("of", "others"))
        .publish(Stores.open(store, Map.of()), "");
  }

  /** The same product with another way to publish it. */
  static ProductPlan<TinyTask> with(ProductPlan<TinyTask> p, Publisher publisher) {
    return new ProductPlan<>(
        p.name(),
        p.root(),
        p.state(),
        p.members(),
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

  record TinyMemberPublisher(String member, long seed) implements Publisher {
    @Override
    public void publish(ObjectStore root) throws IOException {
      byte[] document = ("{\"seed\":" + seed + "}").getBytes(StandardCharsets.UTF_8);
      root.put(member + "/" + METADATA, document);
    }

    @Override
    public void unpublish(ObjectStore root) throws IOException {
      root.delete(member + "/" + METADATA);
    }
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
