package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.function.aggregate.DistinctEstimate;
import io.caisson.function.aggregate.Percentile;
import io.caisson.type.DecimalForm;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;
import java.util.List;

/**
 * Makes one value of the rows of a group, which come one after the other. For the thread that
 * steps; used for group after group.
 */
abstract class OrderedFold {
  /** The fold of a function. */
  static OrderedFold of(AggregateSpec spec, List<SqlType> arguments) {
    return switch (spec.function()) {
      case STRING_AGG -> new Texts(arguments.size() > 1);
      case FIRST_VALUE, LAST_VALUE -> new First(arguments.get(0));
      case MODE -> new Mode(arguments.get(0));
      case PERCENTILE_CONT -> new Percentiles(arguments, true);
      case ARRAY_AGG -> new CollectedFolds.Elements(arguments.get(0));
      case JSONB_AGG -> new CollectedFolds.JsonElements(false);
      case JSONB_AGG_STRICT -> new CollectedFolds.JsonElements(true);
      case JSONB_OBJECT_AGG -> new CollectedFolds.JsonMembers(false);
      case JSONB_OBJECT_AGG_STRICT -> new CollectedFolds.JsonMembers(true);
      case APPROX_COUNT_DISTINCT -> new Places();
      case PERCENTILE_DISC, APPROX_PERCENTILE -> new Percentiles(arguments, false);
      case EXTERNAL -> new ExternalFold(Accumulators.external(spec), arguments);
      default -> throw new IllegalStateException(spec.function() + " takes rows in any order");
    };
  }

  /** Begins a group of so many rows. */
  abstract void begin(long count);

  /**
   * Takes the next row.
   *
   * @param arguments reads the arguments
   * @param peer whether the order does not tell the row from the one before
   * @param weight how often it is there
   * @return whether more rows are wanted
   */
  abstract boolean next(RowReader arguments, boolean peer, long weight);

  /** Sets the result, unless there is none. */
  abstract void finish(KeptValue result);

  /** The form in which results of a type are kept. */
  TypeKind.Physical kept(SqlType result) {
    return result.physical();
  }

  /** Adds a result that is kept to a column. */
  void emit(KeptValue result, ColumnBuilder out) {
    result.emit(out);
  }

  /** STRING_AGG: what is NULL is passed over, and so is a separator that is NULL. */
  private static final class Texts extends OrderedFold {
    private final boolean separated;
    private byte[] text = new byte[256];
    private int length;
    private byte[] value = new byte[64];
    private boolean any;

    Texts(boolean separated) {
      this.separated = separated;
    }

    @Override
    void begin(long count) {
      length = 0;
      any = false;
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      if (arguments.takeNull()) {
        return true;
      }
      arguments.takeBytes();
      int valueLength = arguments.valueLength();
      if (value.length < valueLength) {
        value = new byte[valueLength * 2];
      }
      System.arraycopy(arguments.value(), arguments.valueStart(), value, 0, valueLength);
      boolean separator = separated && !arguments.takeNull();
      if (separator) {
        arguments.takeBytes();
      }
      for (long i = 0; i < weight; i++) {
        if (any && separator) {
          append(arguments.value(), arguments.valueStart(), arguments.valueLength());
        }
        append(value, 0, valueLength);
        any = true;
      }
      return true;
    }

    private void append(byte[] source, int start, int count) {
      int end = Math.addExact(length, count);
      if (end > text.length) {
        text = Arrays.copyOf(text, (int) Math.min(2L * end, Integer.MAX_VALUE - 16));
      }
      System.arraycopy(source, start, text, length, count);
      length = end;
    }

    @Override
    void finish(KeptValue result) {
      if (any) {
        result.setBytes(text, 0, length);
      }
    }
  }

  /** The first row's value, NULL or not. */
  private static final class First extends OrderedFold {
    private final KeptValue first;

    First(SqlType type) {
      first = new KeptValue(type.physical());
    }

    @Override
    void begin(long count) {
      first.clear();
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      first.read(arguments);
      return false;
    }

    @Override
    void finish(KeptValue result) {
      result.set(first);
    }
  }

  /** The value that is there most often, the first of several. */
  private static final class Mode extends OrderedFold {
    private final KeptValue best;
    private long most;
    private long run;

    Mode(SqlType type) {
      best = new KeptValue(type.physical());
    }

    @Override
    void begin(long count) {
      most = 0;
      run = 0;
      best.clear();
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      run = peer ? run + weight : weight;
      if (run > most) {
        most = run;
        best.read(arguments);
      }
      return true;
    }

    @Override
    void finish(KeptValue result) {
      result.set(best);
    }
  }

  /** APPROX_COUNT_DISTINCT. */
  private static final class Places extends OrderedFold {
    private final DistinctEstimate estimate = new DistinctEstimate();

    @Override
    void begin(long count) {
      estimate.clear();
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      estimate.add(arguments.takeLong());
      return true;
    }

    @Override
    void finish(KeptValue result) {
      result.setLong(estimate.count());
    }
  }

  /** The value at a fraction of the order, or between two of them. */
  private static final class Percentiles extends OrderedFold {
    private final SqlType fractionType;
    private final SqlType type;
    private final boolean continuous;
    private final KeptValue value;
    private long count;
    private long seen;
    private double fraction;
    private double below;
    private double above;

    Percentiles(List<SqlType> arguments, boolean continuous) {
      this.fractionType = arguments.get(0);
      this.type = arguments.get(1);
      this.continuous = continuous;
      this.value = new KeptValue(type.physical());
    }

    @Override
    void begin(long groupCount) {
      count = groupCount;
      seen = 0;
      value.clear();
    }

    @Override
    boolean next(RowReader arguments, boolean peer, long weight) {
      double given = number(arguments, fractionType);
      if (seen == 0) {
        fraction = Percentile.checked(given);
      }
      return continuous ? nextNumber(arguments, weight) : nextValue(arguments, weight);
    }

    private boolean nextValue(RowReader arguments, long weight) {
      seen += weight;
      if (seen <= Percentile.discretePlace(fraction, count)) {
        return true;
      }
      value.read(arguments);
      return false;
    }

    private boolean nextNumber(RowReader arguments, long weight) {
      double place = Percentile.place(fraction, count);
      long before = seen;
      seen += weight;
      if (seen > Math.floor(place)) {
        double number = number(arguments, type);
        if (before <= Math.floor(place)) {
          below = number;
        }
        above = number;
      }
      return seen <= Math.ceil(place);
    }

    private static double number(RowReader reader, SqlType type) {
      return switch (type.physical()) {
        case LONG -> reader.takeLong();
        case DOUBLE -> reader.takeDouble();
        case BYTES -> {
          reader.takeBytes();
          yield type.kind() == TypeKind.NUMERIC
              ? DecimalForm.decode(reader.value(), reader.valueStart(), reader.valueLength())
                  .doubleValue()
              : Double.NaN;
        }
      };
    }

    @Override
    void finish(KeptValue result) {
      if (!continuous) {
        result.set(value);
      } else if (seen > 0) {
        result.setDouble(Percentile.between(below, above, Percentile.place(fraction, count)));
      }
    }
  }
}
