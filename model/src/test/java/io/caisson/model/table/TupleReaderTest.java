package io.caisson.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TupleReaderTest {
  private final SplittableRandom random = new SplittableRandom(73);

  @Test
  void readsWhatTheTupleLayerWrites() {
    for (int round = 0; round < 2_000; round++) {
      List<Object> elements = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        elements.add(element());
      }
      byte[] prefix = new byte[random.nextInt(4)];
      byte[] packed = Tuple.fromList(elements).pack(prefix);
      var reader = new TupleReader(packed, prefix.length);
      for (Object element : elements) {
        assertThat(read(reader, element)).isEqualTo(element);
      }
      assertThat(reader.atEnd()).isTrue();
    }
  }

  private Object element() {
    return switch (random.nextInt(3)) {
      case 0 -> (random.nextLong() >> random.nextInt(64)) + random.nextInt(3) - 1;
      case 1 -> random.nextInt(8) == 0 ? -0.0 : random.nextDouble(-1e9, 1e9);
      default -> {
        byte[] bytes = new byte[random.nextInt(5)];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (random.nextInt(4) - 2);
        }
        yield bytes;
      }
    };
  }

  private static Object read(TupleReader reader, Object like) {
    if (like instanceof Long) {
      return reader.readLong();
    }
    if (like instanceof Double) {
      return reader.readDouble();
    }
    reader.readBytes();
    return Arrays.copyOfRange(reader.bytes(), reader.start(), reader.start() + reader.length());
  }

  @Test
  void theGreatestNumbersComeBack() {
    for (long number : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE}) {
      assertThat(new TupleReader(Tuple.from(number).pack(), 0).readLong()).isEqualTo(number);
    }
  }

  @Test
  void refusesWhatIsSomethingElse() {
    byte[] text = Tuple.from("text").pack();
    assertThatThrownBy(() -> new TupleReader(text, 0).readLong())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TupleReader(text, 0).readBytes())
        .isInstanceOf(IllegalArgumentException.class);
    byte[] cut = Arrays.copyOf(Tuple.from(1_000_000L).pack(), 2);
    assertThatThrownBy(() -> new TupleReader(cut, 0).readLong())
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
