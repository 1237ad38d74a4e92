package org.cornerturn.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.jobs.datagroup.DataGroupPublisher;
import org.cornerturn.jobs.datagroup.ObjectAssembly;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.jobs.datagroup.PhaseTrack;
import org.cornerturn.measurementset.CorrelatedArrays;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.prediction.VisibilityPredictor;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Polarization;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.CodecChain;

/** Plans the models of a processing set's measurement sets. */
final class ModelPlanner {
  /** Changes whenever the same question gives other bytes. */
  private static final String ENCODER = "1";

  private ModelParameters parameters;
  private final Map<String, String> hadoop;
  private final String warehouse;

  /**
   * @param warehouse of the registry of calibrators; null for none
   */
  ModelPlanner(ModelParameters parameters, Map<String, String> hadoop, String warehouse) {
    this.parameters = parameters;
    this.hadoop = hadoop;
    this.warehouse = warehouse;
  }

  /**
   * @param parameters as they were asked, with the data group that was chosen
   * @param folder where the run's ledger lies
   */
  record Planned(
      ModelParameters parameters,
      List<ProductPlan<ModelTask>> products,
      String folder,
      int components) {
    Planned {
      products = List.copyOf(products);
    }
  }

  Planned plan() throws IOException {
    List<OpenSet> sets = OpenSet.all(parameters.product(), parameters.dataGroup(), hadoop);
    parameters = parameters.withGroup(OpenSet.groupOf(sets, parameters.dataGroup()));
    List<ProductPlan<ModelTask>> products = new ArrayList<>();
    int components = 0;
    for (OpenSet set : sets) {
      PhaseTrack track = PhaseTrack.of(set.reader());
      SkyModel model = new ModelSources(parameters.choice(), hadoop, warehouse).of(set, track);
      requireSeen(set, track, model);
      components = components(model);
      products.add(product(set, track, model));
    }
    return new Planned(parameters, products, OpenSet.workFolder(sets, DataGroup.MODEL), components);
  }

  private static int components(SkyModel model) {
    long all = model.image() == null ? model.components().size() : model.image().points();
    return (int) Math.min(Integer.MAX_VALUE, all);
  }

  /** Refuses a model of which nothing is seen in any integration. */
  private void requireSeen(OpenSet set, PhaseTrack track, SkyModel model) throws IOException {
    if (model.group() != null) {
      throw new UserError(
          "--model " + parameters.choice().model(),
          "it is predicted already",
          "Use it with cornerturn calibrate");
    }
    double[] hertz = set.reader().frequenciesHz();
    List<Polarization> hands = List.of(Polarization.I);
    VisibilityPredictor predictor = model.predictor(hertz, hands);
    ImagePrediction image =
        model.image() == null
            ? null
            : new ImagePrediction(
                model, FitsFile.folder(model.image().uri(), hadoop), hertz, hands);
    for (IcrsDirection centre : track.ofTime().stream().distinct().toList()) {
      predictor.field(centre, centre);
      if (!predictor.isSilent() || image != null && !image.isSilent(centre)) {
        return;
      }
    }
    throw new UserError(
        "--model " + parameters.choice().model(),
        "nothing of it is in the beam",
        "Name sources near the phase centre, or another --beam");
  }

  private ProductPlan<ModelTask> product(OpenSet set, PhaseTrack track, SkyModel model)
      throws IOException {
    Msv4Reader reader = set.reader();
    DataGroup from = reader.dataGroup();
    ArrayMetadata like = reader.visibilityMetadata();
    ArrayMetadata array =
        new CorrelatedArrays(like)
            .visibilities(
                Primitive.COMPLEX64,
                CodecChain.standard(like.format(), Primitive.COMPLEX64),
                "Jy",
                "Visibilities of a model of the sky");
    InputVersion version = set.version();
    String fingerprint =
        new Fingerprint()
            .with("verb", ModelJob.VERB)
            .with("encoder", ENCODER)
            .with("input", version.uri())
            .with("version", version.version())
            .with("model", model.fingerprint())
            .hex();
    TreeMap<String, ArrayMetadata> arrays = new TreeMap<>(Map.of(ModelKernel.ARRAY, array));
    DataGroup group =
        from.derived(
            DataGroup.MODEL,
            ModelKernel.ARRAY,
            from.flag(),
            from.weight(),
            "model: " + parameters.choice().of(model));
    return ProductPlan.branch(
        set.productName(DataGroup.MODEL),
        set.folder(),
        DataGroup.MODEL,
        List.copyOf(arrays.keySet()),
        fingerprint,
        ModelJob.VERB,
        parameters.toJson(),
        List.of(version),
        new ChunkPlan<>(tasks(set, track, model, array.withAttributes(null))),
        DataGroupPublisher.of(reader, arrays, group));
  }

  private List<ModelTask> tasks(
      OpenSet set, PhaseTrack track, SkyModel model, ArrayMetadata array) {
    List<ModelTask> tasks = new ArrayList<>();
    for (Box box : ObjectAssembly.objects(array)) {
      List<IcrsDirection> centres =
          List.copyOf(track.ofTime().subList((int) box.start(0), (int) box.end(0)));
      long rowBytes = 3 * Double.BYTES * array.shape().dim(1);
      long uvw = rowBytes * box.extent(0);
      Box slab = ObjectAssembly.slabs(array, box).get(0);
      // Twice the slab, the object's encoded form while it grows, and the components by channel.
      long peak =
          4 * slab.size() * array.type().itemSize()
              + 2 * ObjectAssembly.rawBytes(array)
              + uvw
              + 64 * model.components().size() * box.extent(2)
              + imageBytes(model, box);
      tasks.add(
          new ModelTask(
              ObjectAssembly.key(ModelKernel.ARRAY, array, box),
              set.uri(),
              set.reader().name(),
              set.reader().dataGroup().name(),
              array,
              box,
              centres,
              model,
              uvw,
              peak));
    }
    return tasks;
  }

  /** What degridding takes: pixels, planes of a grid half as wide again, and samples. */
  private static long imageBytes(SkyModel model, Box box) {
    if (model.image() == null) {
      return 0;
    }
    long pixels = model.image().geometry().pixels();
    long samples = Math.max(ModelKernel.IMAGE_SAMPLES, box.extent(1) * box.extent(2));
    int ends = 2;
    // Planes of complex numbers, as many as a kernel of this accuracy reaches.
    long planes = 9L * 9 / 4 * 2 * Double.BYTES * pixels;
    return ends * (2 * Double.BYTES * pixels + planes + (2 * Double.BYTES + 4) * samples)
        + 2 * Float.BYTES * box.extent(3) * samples;
  }
}
