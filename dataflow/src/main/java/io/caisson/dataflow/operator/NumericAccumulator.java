package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.aggregate.NumericTotal;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.type.DecimalForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SUM, AVG and variances of NUMERIC, exact. Takes retractions. */
final class NumericAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final int argument;
  private final boolean withSquares;
  private final List<@Nullable NumericTotal> changes = new ArrayList<>();
  private NumericTotal current;

  NumericAccumulator(AggregateSpec spec) {
    this.spec = spec;
    this.argument = spec.argument().orElseThrow();
    this.withSquares =
        spec.function() != AggregateSpec.Function.SUM
            && spec.function() != AggregateSpec.Function.AVG;
    this.current = new NumericTotal(withSquares);
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    while (changes.size() < table.size()) {
      changes.add(null);
    }
    var values = (BytesColumn) batch.rows().column(argument);
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      if (counting.counts(row)) {
        NumericTotal total = changes.get(groups[row]);
        if (total == null) {
          total = new NumericTotal(withSquares);
          changes.set(groups[row], total);
        }
        total.add(
            DecimalForm.decode(values.bytes(), values.start(row), values.length(row)),
            batch.weight(row));
      }
    }
  }

  @Override
  public void clear() {
    current = new NumericTotal(withSquares);
  }

  @Override
  public void read(RowReader state) {
    long count = state.takeLong();
    BigDecimal sum = readNumber(state);
    BigDecimal squares = withSquares ? readNumber(state) : null;
    var scales = new TreeMap<Integer, Long>();
    for (long entries = state.takeLong(); entries > 0; entries--) {
      scales.put((int) state.takeLong(), state.takeLong());
    }
    current = new NumericTotal(count, sum, squares, scales);
  }

  private static BigDecimal readNumber(RowReader state) {
    state.takeBytes();
    return DecimalForm.decode(state.value(), state.valueStart(), state.valueLength());
  }

  @Override
  public void add(int group, GroupTable table) {
    NumericTotal change = group < changes.size() ? changes.get(group) : null;
    if (change != null) {
      current.add(change);
    }
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(current.count());
    writeNumber(current.sum(), state);
    if (withSquares) {
      writeNumber(current.squares(), state);
    }
    state.appendLong(current.scales().size());
    for (Map.Entry<Integer, Long> scale : current.scales().entrySet()) {
      state.appendLong(scale.getKey());
      state.appendLong(scale.getValue());
    }
  }

  private static void writeNumber(BigDecimal number, RowBuffer state) {
    byte[] bytes = DecimalForm.encode(number);
    state.appendBytes(bytes, 0, bytes.length);
  }

  @Override
  public void emit(ColumnBuilder out) {
    BigDecimal result = result();
    if (result == null) {
      out.addNull();
    } else {
      out.addBytes(DecimalForm.encode(result));
    }
  }

  private @Nullable BigDecimal result() {
    return switch (spec.function()) {
      case SUM ->
          current.count() == 0 ? null : DecimalArithmetic.add(current.sum(), BigDecimal.ZERO);
      case AVG -> current.average();
      case VAR_POP -> current.varianceOfAll();
      case VAR_SAMP -> current.varianceOfSample();
      case STDDEV_POP -> current.deviationOfAll();
      case STDDEV_SAMP -> current.deviationOfSample();
      default -> throw new IllegalStateException(spec.function() + " of NUMERIC");
    };
  }

  @Override
  public void endStep() {
    changes.clear();
  }
}
