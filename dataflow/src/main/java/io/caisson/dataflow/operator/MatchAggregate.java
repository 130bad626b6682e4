package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.function.aggregate.BigintSum;
import io.caisson.function.aggregate.DoubleSum;
import io.caisson.function.match.AddedRows;
import io.caisson.function.match.RowMapping;
import io.caisson.function.match.Slot;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.type.DecimalForm;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * An aggregate over rows of a match, which goes on from what it has added up as long as the match
 * only grows. For the thread that steps.
 */
final class MatchAggregate {
  private final Slot.Aggregated call;
  private final SqlType type;
  private final Columns rows;
  private final AddedRows added = new AddedRows();
  private long count;
  private BigintSum longs = new BigintSum();
  private DoubleSum doubles = new DoubleSum();
  private BigDecimal numerics = BigDecimal.ZERO;
  private int extreme = RowMapping.NONE;

  /**
   * An aggregate.
   *
   * @param call which
   * @param type its result's type
   * @param rows the rows of the partition
   */
  MatchAggregate(Slot.Aggregated call, SqlType type, Columns rows) {
    this.call = call;
    this.type = type;
    this.rows = rows;
  }

  /** Appends the result over a mapping. */
  void append(RowMapping mapping, ColumnBuilder out) {
    int row = added.from(mapping);
    if (row == mapping.begin()) {
      count = 0;
      longs = new BigintSum();
      doubles = new DoubleSum();
      numerics = BigDecimal.ZERO;
      extreme = RowMapping.NONE;
    }
    for (; row < mapping.end(); row++) {
      if (call.counts(mapping, row)) {
        add(row);
      }
    }
    appendResult(out);
  }

  private void add(int row) {
    if (call.column() == Slot.Aggregated.ROWS) {
      count++;
      return;
    }
    Column column = rows.column(call.column());
    if (column.isNull(row)) {
      return;
    }
    count++;
    switch (call.function()) {
      case COUNT -> {}
      case SUM, AVG -> addTo(column, row);
      case MIN, MAX -> {
        int order = extreme == RowMapping.NONE ? 0 : compare(column, row, extreme);
        boolean better = call.function() == Slot.Function.MIN ? order < 0 : order > 0;
        extreme = extreme == RowMapping.NONE || better ? row : extreme;
      }
    }
  }

  private void addTo(Column column, int row) {
    if (column instanceof LongColumn c) {
      longs.add(c.value(row));
    } else if (column instanceof DoubleColumn c) {
      doubles.add(c.value(row));
    } else if (column instanceof BytesColumn c) {
      numerics = numerics.add(DecimalForm.decode(c.bytes(), c.start(row), c.length(row)));
    }
  }

  private static int compare(Column column, int a, int b) {
    if (column instanceof LongColumn c) {
      return Long.compare(c.value(a), c.value(b));
    }
    if (column instanceof DoubleColumn c) {
      return c.value(a) == c.value(b) ? 0 : Double.compare(c.value(a), c.value(b));
    }
    var c = (BytesColumn) column;
    return Arrays.compareUnsigned(
        c.bytes(),
        c.start(a),
        c.start(a) + c.length(a),
        c.bytes(),
        c.start(b),
        c.start(b) + c.length(b));
  }

  private void appendResult(ColumnBuilder out) {
    if (call.function() == Slot.Function.COUNT) {
      out.addLong(count);
    } else if (count == 0) {
      out.addNull();
    } else if (extreme != RowMapping.NONE) {
      out.addFrom(rows.column(call.column()), extreme);
    } else {
      appendSum(rows.column(call.column()), call.function() == Slot.Function.AVG, out);
    }
  }

  private void appendSum(Column column, boolean average, ColumnBuilder out) {
    if (column instanceof LongColumn) {
      if (average) {
        out.addDouble(longs.average());
      } else {
        out.addLong(longs.sum());
      }
    } else if (column instanceof DoubleColumn) {
      double result = average ? doubles.average() : doubles.sum();
      out.addDouble(type.kind() == TypeKind.REAL ? (float) result : result);
    } else {
      out.addBytes(
          DecimalForm.encode(
              average ? DecimalArithmetic.divide(numerics, BigDecimal.valueOf(count)) : numerics));
    }
  }
}
