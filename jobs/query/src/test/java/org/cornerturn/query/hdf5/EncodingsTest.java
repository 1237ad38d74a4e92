package org.cornerturn.query.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingsTest {
  @Test
  void aTiffHasAPageForEachPlane() throws Exception {
    float[] values = new float[2 * 3 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 4f;
    }
    byte[] tiff =
        Tiff.encode(new Block(Primitive.FLOAT32, Shape.of(2, 3, 4), Block.toBytes(values)));
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(tiff))) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("tiff");
      ImageReader reader = readers.next();
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(2);
      for (int page = 0; page < 2; page++) {
        Raster raster = reader.read(page).getRaster();
        assertThat(raster.getWidth()).isEqualTo(4);
        assertThat(raster.getHeight()).isEqualTo(3);
        assertThat(raster.getSampleFloat(1, 2, 0)).isEqualTo((page * 12 + 9) / 4f);
      }
      reader.dispose();
    }
  }

  @Test
  void anOddPlaneKeepsTheNextDirectoryAtAnEvenPlace() throws Exception {
    byte[] bytes = {1, 2, 3, 4, 5, 6};
    byte[] tiff = Tiff.encode(new Block(Primitive.UINT8, Shape.of(2, 1, 3), bytes));
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(tiff))) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
      reader.setInput(in);
      assertThat(reader.read(1).getRaster().getSample(2, 0, 0)).isEqualTo(6);
      reader.dispose();
    }
  }

  @Test
  void anArrowStreamHasAColumnForEachOfThePlane() throws Exception {
    short[] plane = {1, -2, 3, 4, 5, -6};
    Block block = new Block(Primitive.INT16, Shape.of(2, 3), Block.toBytes(plane));
    ByteBuffer stream = ByteBuffer.wrap(ArrowColumns.encode(block)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(stream.getInt()).isEqualTo(-1);
    int length = stream.getInt();
    Message first = message(stream, length);
    assertThat(first.headerType()).isEqualTo(MessageHeader.Schema);
    Schema schema = (Schema) first.header(new Schema());
    assertThat(schema.fieldsLength()).isEqualTo(3);
    assertThat(schema.fields(2).name()).isEqualTo("2");
    assertThat(schema.fields(2).typeType()).isEqualTo(Type.Int);
    assertThat(stream.getInt()).isEqualTo(-1);
    length = stream.getInt();
    Message second = message(stream, length);
    RecordBatch batch = (RecordBatch) second.header(new RecordBatch());
    assertThat(batch.length()).isEqualTo(2);
    int body = stream.position();
    int third = body + (int) batch.buffers(5).offset();
    assertThat(stream.getShort(third)).isEqualTo((short) 3);
    assertThat(stream.getShort(third + 2)).isEqualTo((short) -6);
    stream.position(body + (int) second.bodyLength());
    assertThat(stream.getLong()).as("the end").isEqualTo(0xffffffffL);
    assertThat(stream.hasRemaining()).isFalse();
  }

  private static Message message(ByteBuffer stream, int length) {
    ByteBuffer metadata = stream.slice(stream.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    stream.position(stream.position() + length);
    return Message.getRootAsMessage(metadata);
  }

  @ParameterizedTest
  @CsvSource({"-1.5,'''-1.5'", "=1+1,'''=1+1'", "a,a", "'a,b','\"a,b\"'", "@x,'''@x'"})
  void onlyTextsAreKeptFromRunningAsFormulas(String text, String field) {
    assertThat(CsvText.field(text)).isEqualTo(field);
  }

  @Test
  void numbersAreTheShortestThatComeBack() {
    Block floats =
        new Block(
            Primitive.FLOAT32,
            Shape.of(4),
            Block.toBytes(new float[] {0.1f, -1e10f, Float.NaN, Float.NEGATIVE_INFINITY}));
    assertThat(CsvText.rows(floats)).isEqualTo("0.1\n-1.0E10\nnan\n-inf\n");
    Block complex =
        new Block(Primitive.COMPLEX128, Shape.of(1, 2), Block.toBytes(new double[] {1, -2, 0, 3}));
    assertThat(CsvText.rows(complex)).isEqualTo("(1.0-2.0j),(0.0+3.0j)\n");
  }

  @Test
  void extremesOf64BitsStayExact() {
    Summary s = new Summary(Primitive.INT64);
    long[] values = {Long.MAX_VALUE - 1, Long.MIN_VALUE + 3, 5, 0};
    s.add(new Block(Primitive.INT64, Shape.of(4), Block.toBytes(values)));
    s.add(new Block(Primitive.INT64, Shape.of(1), Block.toBytes(new long[] {7})));
    assertThat(s.max()).isEqualTo(Long.MAX_VALUE - 1);
    assertThat(s.min()).isEqualTo(Long.MIN_VALUE + 3);
    assertThat(s.strictPositiveMin()).isEqualTo(5L);
    assertThat(s.positiveMin()).isEqualTo(0L);
    assertThat(s.count()).isEqualTo(5);
  }

  @Test
  void meansOfPiecesAreThoseOfTheWhole() {
    java.util.Random random = new java.util.Random(3);
    double[] values = random.doubles(1000, 1e6, 1e6 + 1).toArray();
    Summary whole = new Summary(Primitive.FLOAT64);
    whole.add(new Block(Primitive.FLOAT64, Shape.of(1000), Block.toBytes(values)));
    Summary pieces = new Summary(Primitive.FLOAT64);
    for (int i = 0; i < 1000; i += 100) {
      double[] piece = java.util.Arrays.copyOfRange(values, i, i + 100);
      pieces.add(new Block(Primitive.FLOAT64, Shape.of(100), Block.toBytes(piece)));
    }
    assertThat(pieces.mean()).isEqualTo(whole.mean(), org.assertj.core.api.Assertions.within(1e-8));
    assertThat(pieces.standardDeviation())
        .isEqualTo(whole.standardDeviation(), org.assertj.core.api.Assertions.within(1e-8));
  }
}
