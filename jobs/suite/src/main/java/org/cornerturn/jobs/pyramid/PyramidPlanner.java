package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.spark.Refusal;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.Graft;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/** Plans the pyramids of a target's arrays from metadata alone. */
final class PyramidPlanner {
  /** Changes whenever the same question gives other bytes. */
  private static final String ENCODER = "1";

  private final PyramidParameters parameters;
  private final Map<String, String> hadoop;

  PyramidPlanner(PyramidParameters parameters, Map<String, String> hadoop) {
    this.parameters = parameters;
    this.hadoop = S3Settings.completed(hadoop);
  }

  /**
   * All pyramids of a run.
   *
   * @param folder where its ledger lies
   * @param refused arrays of a group that can't be read
   */
  record Planned(List<Pyramid> pyramids, String folder, List<Refusal> refused) {
    Planned {
      pyramids = List.copyOf(pyramids);
      refused = List.copyOf(refused);
    }
  }

  /** One pyramid. */
  record Pyramid(
      ProductPlan<PyramidTask> product, SourceArray source, Kind kind, PyramidPlan plan) {}

  Planned plan() throws IOException {
    Target target = Target.find(parameters.target(), hadoop);
    if (target.node().isArray()) {
      SourceArray source = open(target);
      return new Planned(List.of(pyramid(source)), source.root(), List.of());
    }
    ArrayChoice choice;
    try {
      ZarrGroup root = ZarrGroup.open(target.store(), "");
      choice =
          ArrayChoice.of(
              target,
              target.path().isEmpty() ? root : root.group(target.path()),
              parameters.kind());
    } catch (ZarrException e) {
      throw new UserError(parameters.target(), e.getMessage(), "Nothing was written", e);
    }
    List<Pyramid> pyramids = new ArrayList<>();
    for (SourceArray source : choice.arrays()) {
      pyramids.add(pyramid(source));
    }
    if (pyramids.isEmpty() && choice.refused().isEmpty()) {
      throw new UserError(
          parameters.target(),
          "no array of real numbers in it is too large for a screen, or all have pyramids",
          "Name an array to have a pyramid made of it all the same");
    }
    String folder =
        pyramids.size() == 1
            ? pyramids.get(0).source.root()
            : PyramidJob.folder(target.store().uri());
    return new Planned(pyramids, folder, choice.refused());
  }

  private SourceArray open(Target target) throws IOException {
    String uri = parameters.target();
    ZarrArray array;
    try {
      array = ZarrArray.open(target.store(), target.path());
    } catch (ZarrException e) {
      throw new UserError(uri, e.getMessage(), "Nothing was written", e);
    }
    ArrayMetadata m = array.metadata();
    if (!(m.type() instanceof Primitive p) || p.isComplex()) {
      throw new UserError(
          uri,
          "its elements are no real numbers but " + m.type(),
          "Name an array of integers or floating-point numbers");
    }
    if (m.shape().size() == 0) {
      throw new UserError(uri, "it is empty: shape " + m.shape(), "Name an array with elements");
    }
    if (!parameters.kind().isWorthwhile(m.shape())) {
      throw new UserError(
          uri,
          "shape " + m.shape() + " fits a screen as it is, or has no axes to reduce",
          "Lines need more than 2048 samples, images a side of more than 256 pixels");
    }
    return new SourceArray(target.store(), new StoredArray(array.path(), m));
  }

  private Pyramid pyramid(SourceArray source) throws IOException {
    Kind kind = parameters.kind().of(source.metadata().shape());
    PyramidPlan plan =
        kind == Kind.LINE
            ? new LinePlan(source, parameters.factor(), parameters.mean()).plan()
            : new ImagePlan(source).plan();
    Graft graft =
        source.isAlone()
            ? null
            : new Graft(
                source.store(), source.array().path() + SourceArray.SUFFIX, source.format());
    InputVersion version = source.version();
    ProductPlan<PyramidTask> product =
        ProductPlan.folder(
            source.name() + SourceArray.SUFFIX,
            source.root(),
            fingerprint(source, version, plan),
            "pyramid",
            parameters.forArray(source.uri(), kind).toJson(),
            List.of(version),
            new ChunkPlan<>(plan.tasks()),
            List.of(),
            new PyramidPublisher(graft, plan.hierarchy(), plan.parent()));
    return new Pyramid(product, source, kind, plan);
  }

  /** Over the array as it is and all that its pyramid will say; that includes the parameters. */
  private static String fingerprint(SourceArray source, InputVersion version, PyramidPlan plan) {
    Fingerprint levels = new Fingerprint();
    plan.hierarchy()
        .objects()
        .forEach((key, bytes) -> levels.with(key, new String(bytes, StandardCharsets.UTF_8)));
    return new Fingerprint()
        .with("verb", "pyramid")
        .with("encoder", ENCODER)
        .with("input", source.uri())
        .with("version", version.version())
        .with("array", source.metadata().documents())
        .with("levels", levels.hex())
        .hex();
  }
}
