package org.cornerturn.zarr;

import java.io.Serializable;
import org.cornerturn.array.DataType;
import org.cornerturn.codec.Blosc;

/**
 * One step from an array's chunk to its stored bytes. Parameters of encoding have no say in
 * decoding.
 */
public sealed interface Codec extends Serializable {

  /** Turns a chunk into bytes. */
  sealed interface Serializer extends Codec {}

  /** Turns bytes into bytes. */
  sealed interface Compressor extends Codec {}

  /** Fixed-size elements, packed, in the given byte order. */
  record Bytes(Endian endian) implements Serializer {}

  /** Texts: 32-bit count, then per text its 32-bit length and UTF-8 bytes. */
  record VlenUtf8() implements Serializer {}

  /** As {@link VlenUtf8} with bytes of any meaning. */
  record VlenBytes() implements Serializer {}

  /**
   * Zarr v2's sequences of numbers: as {@link VlenBytes}, the bytes being little-endian elements of
   * this type.
   */
  record VlenArray(DataType element) implements Serializer {}

  /** Texts of a fixed number of UTF-32 code units, NUL-padded (NumPy {@code U<n>}). */
  record Utf32(int length, Endian endian) implements Serializer {}

  record BloscCodec(Blosc.Parameters parameters) implements Compressor {}

  record ZstdCodec(int level, boolean checksum) implements Compressor {}

  record GzipCodec(int level) implements Compressor {}

  /** Zarr v2 only. */
  record ZlibCodec(int level) implements Compressor {}

  /** LZ4 block behind its decoded size as a little-endian 32-bit integer. Zarr v2 only. */
  record Lz4Codec(int acceleration) implements Compressor {}

  /** Byte shuffle. Zarr v2 only. */
  record ShuffleCodec(int elementSize) implements Compressor {}

  /** CRC-32C behind the data, verified when reading. */
  record Crc32cCodec() implements Compressor {}
}
