package org.cornerturn.uvh5;

import java.io.Serializable;
import org.cornerturn.SharedByTasks;
import org.cornerturn.array.Box;
import org.cornerturn.array.ChunkGrid;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetSource;

/**
 * All that a task needs, besides the file, to read visibilities, flags and sample counts. Large
 * files have large manifests: send each task the {@link #part} that its window needs.
 *
 * @param rank of the three datasets, 3 or 4
 * @param channels on one window's frequency axis of rank 4; on the frequency axis of rank 3
 */
public record Uvh5Source(int rank, int channels, Stored visibilities, Stored flags, Stored samples)
    implements SharedByTasks {

  /** A dataset and where its chunks lie. */
  public record Stored(DatasetSource dataset, ChunkManifest manifest) implements Serializable {
    Stored part(Box box) {
      Shape chunk = dataset.chunk();
      return chunk == null
          ? this
          : new Stored(dataset, manifest.slice(new ChunkGrid(dataset.shape(), chunk), box));
    }

    /** Bytes that the file holds of it. */
    public long storedBytes() {
      return dataset.chunk() == null
          ? dataset.shape().size() * Math.max(1, dataset.dataType().itemSize())
          : manifest.storedBytes();
    }
  }

  /** Rows of the file. */
  public long rows() {
    return visibilities.dataset().shape().dim(0);
  }

  /** Correlations of the file. */
  public int polarizations() {
    return (int) visibilities.dataset().shape().dim(rank - 1);
  }

  /**
   * The smaller of the complex types that holds every visibility as the file has it; int64 pairs
   * become complex128 though they hold more digits.
   */
  public Primitive exactType() {
    return VisibilityType.of(visibilities.dataset().dataType()).exact();
  }

  /** FLOAT32, or FLOAT64 where the file's sample counts are float64. */
  public Primitive sampleType() {
    return samples.dataset().dataType() == Primitive.FLOAT64
        ? Primitive.FLOAT64
        : Primitive.FLOAT32;
  }

  /** What reading a window needs. */
  public Uvh5Source part(VisibilityWindow window) {
    Box box = FileBoxes.around(this, window);
    return new Uvh5Source(
        rank, channels, visibilities.part(box), flags.part(box), samples.part(box));
  }

  /** Bytes that the file holds of visibilities, flags and samples. */
  public long storedBytes() {
    return visibilities.storedBytes() + flags.storedBytes() + samples.storedBytes();
  }
}
