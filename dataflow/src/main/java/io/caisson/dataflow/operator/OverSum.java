package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.function.aggregate.BigintSum;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.type.DecimalForm;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;

/**
 * SUM or AVG of the values of a frame, exact until it is put out, so that it does not depend on how
 * the frame came about. For one thread.
 */
abstract class OverSum {
  /** A sum of nothing yet. */
  static OverSum of(TypeKind.Physical form, boolean average) {
    return switch (form) {
      case LONG -> new OfLongs(average);
      case DOUBLE -> new OfDoubles(average);
      case BYTES -> new OfNumerics(average);
    };
  }

  /** Adds the value that a reader stands at, which is not NULL. */
  abstract void add(RowReader reader);

  /** Appends the result, of one value at least. */
  abstract void append(RowBuffer out);

  private static final class OfLongs extends OverSum {
    private final BigintSum sum = new BigintSum();
    private final boolean average;

    OfLongs(boolean average) {
      this.average = average;
    }

    @Override
    void add(RowReader reader) {
      sum.add(reader.takeLong());
    }

    @Override
    void append(RowBuffer out) {
      if (average) {
        out.appendDouble(sum.average());
      } else {
        out.appendLong(sum.sum());
      }
    }
  }

  private static final class OfDoubles extends OverSum {
    private final DoubleSum sum = new DoubleSum();
    private final boolean average;

    OfDoubles(boolean average) {
      this.average = average;
    }

    @Override
    void add(RowReader reader) {
      sum.add(reader.takeDouble());
    }

    @Override
    void append(RowBuffer out) {
      out.appendDouble(average ? sum.average() : sum.sum());
    }
  }

  private static final class OfNumerics extends OverSum {
    private final boolean average;
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    OfNumerics(boolean average) {
      this.average = average;
    }

    @Override
    void add(RowReader reader) {
      reader.takeBytes();
      sum = sum.add(DecimalForm.decode(reader.value(), reader.valueStart(), reader.valueLength()));
      count++;
    }

    @Override
    void append(RowBuffer out) {
      BigDecimal exact = DecimalArithmetic.add(sum, BigDecimal.ZERO);
      byte[] result =
          DecimalForm.encode(
              average ? DecimalArithmetic.divide(exact, BigDecimal.valueOf(count)) : exact);
      out.appendBytes(result, 0, result.length);
    }
  }
}
