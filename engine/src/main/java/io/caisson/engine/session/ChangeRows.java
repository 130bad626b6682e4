package io.caisson.engine.session;

import io.caisson.ResultColumn;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.engine.row.ColumnValues;
import io.caisson.engine.subscription.ChangePiece;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Changes as SUBSCRIBE answers them. Each row is led by the version of its change and by its
 * weight; with progress marks also by whether it is one, and by the mark's token. For one thread.
 */
class ChangeRows {
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT);
  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);

  /** The columns that lead rows without marks: version, weight or state. */
  private static final int LEADING = 2;

  /** Those that lead rows with marks: also whether it is one, and its token. */
  private static final int LEADING_WITH_MARKS = 4;

  private final List<ColumnDefinition> columns;
  private final boolean progress;
  private final LongFunction<String> tokens;

  /**
   * Rows with weights.
   *
   * @param columns the columns of what is followed
   * @param progress whether progress is marked
   * @param tokens the tokens of versions
   */
  ChangeRows(List<ColumnDefinition> columns, boolean progress, LongFunction<String> tokens) {
    this.columns = columns;
    this.progress = progress;
    this.tokens = tokens;
  }

  /** The columns of the answer. */
  final List<ResultColumn> header() {
    var header = new ArrayList<ResultColumn>();
    header.add(new ResultColumn("caisson_version", BIGINT.withNullable(false)));
    header.add(stateColumn());
    if (progress) {
      header.add(
          new ResultColumn("caisson_progressed", SqlType.of(TypeKind.BOOLEAN).withNullable(false)));
      header.add(new ResultColumn("caisson_token", TEXT));
    }
    ordered().forEach(i -> header.add(column(columns.get(i))));
    return header;
  }

  ResultColumn stateColumn() {
    return new ResultColumn("caisson_weight", BIGINT);
  }

  /** The positions of the columns as they are answered. */
  List<Integer> ordered() {
    return java.util.stream.IntStream.range(0, columns.size()).boxed().toList();
  }

  private static ResultColumn column(ColumnDefinition column) {
    return new ResultColumn(column.name(), column.type());
  }

  /** Hands on what a piece says. */
  final void add(ChangePiece piece, Consumer<@Nullable Object[]> out) {
    changes(piece, out);
    if (piece.complete()) {
      completed(piece.version(), out);
      if (progress) {
        @Nullable Object[] mark = new @Nullable Object[LEADING_WITH_MARKS + columns.size()];
        mark[0] = piece.version();
        mark[2] = true;
        mark[LEADING_WITH_MARKS - 1] = tokens.apply(piece.version());
        out.accept(mark);
      }
    }
  }

  /** Hands on the changes of a piece, or keeps them for later. */
  void changes(ChangePiece piece, Consumer<@Nullable Object[]> out) {
    for (int row = 0; row < piece.rows().size(); row++) {
      out.accept(row(piece.version(), piece.weights()[row], values(piece, row)));
    }
  }

  /** Hands on what was kept of a version. */
  void completed(long version, Consumer<@Nullable Object[]> out) {}

  /** The values of a row in the order of the followed columns. */
  final @Nullable Object[] values(ChangePiece piece, int row) {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ColumnValues.value(piece.rows().column(i), row, columns.get(i).type());
    }
    return values;
  }

  /** A row of the answer. */
  final @Nullable Object[] row(long version, Object state, @Nullable Object[] values) {
    int lead = progress ? LEADING_WITH_MARKS : LEADING;
    @Nullable Object[] row = new @Nullable Object[lead + values.length];
    row[0] = version;
    row[1] = state;
    if (progress) {
      row[2] = false;
    }
    System.arraycopy(values, 0, row, lead, values.length);
    return row;
  }
}
