package org.cornerturn.hdf5;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.Shape;

/**
 * All that reading a dataset's elements needs besides the file and the {@link ChunkManifest}: small
 * enough to travel with every task.
 *
 * @param file name of the file, for errors
 * @param path path of the dataset, for errors
 * @param dataType element type as {@link DatasetReader} gives it
 * @param shape shape as {@link DatasetReader} gives it, axes of an array type last
 * @param chunk chunk shape of the same rank; null where the dataset isn't chunked
 */
public record DatasetSource(
    String file,
    String path,
    DataType dataType,
    Shape shape,
    Shape chunk,
    StorageKind storage,
    List<Hdf5Filter> filters)
    implements Serializable {}
