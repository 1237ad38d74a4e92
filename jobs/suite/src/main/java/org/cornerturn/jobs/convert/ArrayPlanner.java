package org.cornerturn.jobs.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.Blosc;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.pyramid.WaveformPyramid;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ChunkKeys;
import org.cornerturn.zarr.Codec;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.FillValue;
import org.cornerturn.zarr.Layout;
import org.cornerturn.zarr.StoredType;
import org.cornerturn.zarr.ZarrFormat;

/** Decides types, chunks, shards and codecs of the arrays of a conversion. */
final class ArrayPlanner {
  /** Stands for the unknown size of a text or sequence. */
  static final int VARIABLE_SIZE_ESTIMATE = 32;

  private static final int WAVEFORM_LEVEL = 3;

  private static final int LARGEST_VARIABLE = 64 << 20;
  private static final long LARGEST_CHUNK = 256L << 20;

  private final ConvertParameters parameters;
  private final long inputBytes;

  /**
   * @param inputBytes size of the input
   */
  ArrayPlanner(ConvertParameters parameters, long inputBytes) {
    this.parameters = parameters;
    this.inputBytes = inputBytes;
  }

  ZarrFormat format(boolean waveform) {
    return switch (parameters.zarrFormat()) {
      case 2 -> ZarrFormat.V2;
      case 3 -> ZarrFormat.V3;
      default -> waveform ? ZarrFormat.V2 : ZarrFormat.V3;
    };
  }

  /**
   * Bytes of an element in memory. Elements of varying size are taken for as large as the file
   * could hold of them on average, so that memory is bounded however long they are.
   */
  int itemSize(DataType type, Shape shape) {
    if (type.isFixedSize()) {
      return Math.max(1, type.itemSize());
    }
    double most = (double) inputBytes / Math.max(1.0, elements(shape));
    return (int) Math.min(LARGEST_VARIABLE, VARIABLE_SIZE_ESTIMATE + most);
  }

  private static double elements(Shape shape) {
    double n = 1;
    for (long d : shape.dims()) {
      n *= d;
    }
    return n;
  }

  /**
   * An array that holds a dataset as it is.
   *
   * @param complete whether every chunk of the dataset was written
   */
  ArrayMetadata copy(
      Hdf5Dataset dataset,
      boolean complete,
      ZarrFormat format,
      List<String> dimensions,
      ObjectNode attributes) {
    DataType type = dataset.dataType();
    // Readers may take a v2 fill value for "missing", so there is none where nothing is.
    boolean unstated = format == ZarrFormat.V2 && complete && !dataset.hasFillValue();
    Layout layout = layout(dataset, format);
    return ArrayMetadata.builder(format, dataset.shape(), type)
        .layout(layout)
        .fill(unstated ? FillValue.unstated(type) : fill(type, dataset.fillValue(), format))
        .codecs(codecs(format, StoredType.of(type, format)))
        .dimensionNames(dimensions)
        .attributes(attributes)
        .build();
  }

  private Layout layout(Hdf5Dataset dataset, ZarrFormat format) {
    Shape shape = dataset.shape();
    int itemSize = itemSize(dataset.dataType(), shape);
    Layout.Targets standard = Layout.Targets.STANDARD;
    long shardBytes = format == ZarrFormat.V2 ? 0 : parameters.shardBytes();
    Layout.Targets targets =
        new Layout.Targets(
            parameters.chunkBytes(), shardBytes, Math.min(standard.unshardedBelow(), shardBytes));
    Optional<Shape> wanted = wantedChunk(dataset);
    if (wanted.isEmpty()) {
      return Layout.choose(shape, itemSize, dataset.chunkShape().orElse(null), targets);
    }
    Shape chunk = wanted.get();
    if (shardBytes == 0 || shape.size() * itemSize < targets.unshardedBelow()) {
      return new Layout(chunk, null);
    }
    return new Layout(chunk, shard(shape, chunk, itemSize, shardBytes));
  }

  /** Multiplies the chunk along the fastest axes first, up to the shard's size. */
  private static Shape shard(Shape shape, Shape chunk, int itemSize, long shardBytes) {
    long[] shard = chunk.dims();
    for (int axis = shard.length - 1; axis >= 0; axis--) {
      long room = shardBytes / Math.max(1, Shape.of(shard).size() * itemSize);
      long chunks = Math.max(1, (shape.dim(axis) + chunk.dim(axis) - 1) / chunk.dim(axis));
      shard[axis] *= Math.max(1, Math.min(chunks, room));
    }
    return Shape.of(shard);
  }

  /** The chunk shape that the user gave, no larger than the array. */
  private Optional<Shape> wantedChunk(Hdf5Dataset dataset) {
    for (Map.Entry<String, List<Long>> e : parameters.chunks().entrySet()) {
      if (PathPattern.of(e.getKey()).matches(dataset.path())) {
        long[] chunk = e.getValue().stream().mapToLong(Long::longValue).toArray();
        if (chunk.length != dataset.shape().rank()) {
          throw new UserError(
              "--chunk " + e.getKey(),
              dataset.path() + " has " + dataset.shape().rank() + " axes, not " + chunk.length,
              "Give one number for each axis");
        }
        for (int axis = 0; axis < chunk.length; axis++) {
          chunk[axis] = Math.max(1, Math.min(chunk[axis], dataset.shape().dim(axis)));
        }
        Shape shape = Shape.of(chunk);
        if (elements(shape) * itemSize(dataset.dataType(), dataset.shape()) > LARGEST_CHUNK) {
          throw new UserError(
              "--chunk " + e.getKey(),
              "chunks " + shape + " of " + dataset.path() + " are larger than 256 MiB",
              "Give smaller ones");
        }
        return Optional.of(shape);
      }
    }
    return Optional.empty();
  }

  private static FillValue fill(DataType type, byte[] fill, ZarrFormat format) {
    DataType stored = StoredType.of(type, format);
    if (!type.isFixedSize()) {
      return FillValue.zero(stored);
    }
    if (stored.isFixedSize()) {
      return FillValue.of(stored, fill);
    }
    int length = fill.length;
    while (length > 0 && fill[length - 1] == 0) {
      length--;
    }
    return FillValue.of(stored, Arrays.copyOf(fill, length));
  }

  /** The compressor for arrays of a type. */
  CodecChain codecs(ZarrFormat format, DataType type) {
    return codecs(CodecChain.standard(format, type), format, type, 1);
  }

  /** The compressor that the user chose, or the standard one. */
  private CodecChain codecs(CodecChain standard, ZarrFormat format, DataType type, int level) {
    int wanted = parameters.level() < 0 ? level : parameters.level();
    Blosc.Rearrangement rearrangement = rearrangement(standard);
    return switch (parameters.codec()) {
      case "auto" ->
          parameters.level() < 0
              ? standard
              : CodecChain.blosc(format, type, Blosc.Compressor.ZSTD, wanted, rearrangement);
      case "blosc-zstd" ->
          CodecChain.blosc(format, type, Blosc.Compressor.ZSTD, wanted, rearrangement);
      case "blosc-lz4" ->
          CodecChain.blosc(format, type, Blosc.Compressor.LZ4, wanted, rearrangement);
      case "zstd" -> CodecChain.of(format, type, new Codec.ZstdCodec(wanted, false));
      case "gzip" -> CodecChain.of(format, type, new Codec.GzipCodec(wanted));
      case "none" -> CodecChain.of(format, type);
      default -> throw new IllegalArgumentException(parameters.codec());
    };
  }

  private static Blosc.Rearrangement rearrangement(CodecChain chain) {
    return chain.compressors().get(0) instanceof Codec.BloscCodec b
        ? b.parameters().rearrangement()
        : Blosc.Rearrangement.NONE;
  }

  /** The arrays that a waveform becomes. */
  WaveformArrays waveform(Hdf5Dataset dataset, ZarrFormat format) {
    Primitive type = (Primitive) dataset.dataType();
    Shape shape = dataset.shape();
    int factor = parameters.pyramidFactor();
    WaveformLayout layout =
        WaveformLayout.of(
            shape, type.itemSize(), dataset.chunkShape().orElse(null), factor == 0 ? 8 : factor);
    CodecChain rawCodecs =
        codecs(
            CodecChain.blosc(
                format,
                type,
                Blosc.Compressor.ZSTD,
                WAVEFORM_LEVEL,
                Blosc.Rearrangement.BITSHUFFLE),
            format,
            type,
            WAVEFORM_LEVEL);
    ArrayMetadata raw =
        ArrayMetadata.builder(format, shape, type)
            .layout(rawLayout(layout, format))
            .keys(viewerKeys(format))
            .fill(fill(type, dataset.fillValue(), format))
            .codecs(rawCodecs)
            .dimensionNames("channel", "trc", "segment", "sample")
            .build();
    long overviewBins = Overview.bins(shape.dim(3));
    Primitive value = WaveformPyramid.valueType(type);
    ArrayMetadata overview =
        ArrayMetadata.builder(
                format, Shape.of(shape.dim(0), shape.dim(1), shape.dim(2), 2, overviewBins), value)
            .chunk(1, 1, 1, 2, Math.max(1, overviewBins))
            .keys(viewerKeys(format))
            .codecs(levelCodecs(format, value))
            .dimensionNames("channel", "trc", "segment", "stat", "overview_bin")
            .build();
    return new WaveformArrays(
        layout, type, raw, overview, factor == 0 ? List.of() : levels(layout, type, format));
  }

  /** The waveform viewer knows dotted keys only. */
  private static ChunkKeys viewerKeys(ZarrFormat format) {
    return format == ZarrFormat.V2 ? ChunkKeys.V2_FLAT : ChunkKeys.DEFAULT;
  }

  /** Zarr v3 gathers the chunks of a trace, or of a task's range of it, in a shard. */
  private Layout rawLayout(WaveformLayout layout, ZarrFormat format) {
    long chunk = layout.rawChunk().dim(3);
    if (format == ZarrFormat.V2 || parameters.shardBytes() == 0 || layout.samples() <= chunk) {
      return new Layout(layout.rawChunk(), null);
    }
    long trace = (layout.samples() + chunk - 1) / chunk * chunk;
    long most = Math.max(chunk, parameters.shardBytes() / layout.itemSize() / chunk * chunk);
    long shard = layout.ranges() > 1 ? layout.range() : Math.min(trace, most);
    return new Layout(layout.rawChunk(), Shape.of(1, 1, 1, shard));
  }

  private List<WaveformArrays.Level> levels(
      WaveformLayout layout, Primitive type, ZarrFormat format) {
    Primitive value = WaveformPyramid.valueType(type);
    List<WaveformArrays.Level> levels = new ArrayList<>();
    for (int level = 1; level <= layout.levels().count(); level++) {
      String bin = "bin_" + level;
      ArrayMetadata minMax =
          ArrayMetadata.builder(format, layout.levelShape(level), value)
              .chunk(layout.levelChunk(level).dims())
              .keys(viewerKeys(format))
              .codecs(levelCodecs(format, value))
              .dimensionNames("channel", "trc", "segment", bin, "stat")
              .build();
      boolean nan = parameters.mean() && value.isFloat();
      levels.add(
          new WaveformArrays.Level(
              level,
              minMax,
              parameters.mean()
                  ? perBin(minMax, WaveformPyramid.meanType(type), bin, format)
                  : null,
              nan ? perBin(minMax, Primitive.INT64, bin, format) : null));
    }
    return levels;
  }

  /** An array of one value for each bin of a level. */
  private ArrayMetadata perBin(
      ArrayMetadata minMax, Primitive type, String bin, ZarrFormat format) {
    return ArrayMetadata.builder(format, withoutLast(minMax.shape()), type)
        .chunk(withoutLast(minMax.chunk()).dims())
        .keys(viewerKeys(format))
        .codecs(levelCodecs(format, type))
        .dimensionNames("channel", "trc", "segment", bin)
        .build();
  }

  private static Shape withoutLast(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 1));
  }

  /** Pyramids cost time on top of the data, so their codec is a quick one. */
  private static CodecChain levelCodecs(ZarrFormat format, Primitive type) {
    return CodecChain.blosc(format, type, Blosc.Compressor.LZ4, 5, Blosc.Rearrangement.BITSHUFFLE);
  }
}
