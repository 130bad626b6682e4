package io.caisson.engine.view;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ErrorRowsDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.batch.Projection;
import io.caisson.dataflow.batch.RowFilter;
import io.caisson.dataflow.operator.ErrorForm;
import io.caisson.dataflow.operator.FailingRows;
import io.caisson.engine.row.ColumnValues;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.JsonRowWriter;
import io.caisson.format.RowColumn;
import io.caisson.function.operator.JsonCasts;
import io.caisson.plan.Field;
import io.caisson.type.SqlType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says of a row that an expression fails on what it was, as JSON: in the message where that ends
 * the view, and among the view's error rows where it goes on. For one thread.
 */
final class ErrorRows implements ErrorForm {
  /** The types of a view's error rows. */
  static final List<SqlType> TYPES =
      ErrorRowsDefinition.COLUMNS.stream().map(ColumnDefinition::type).toList();

  /** What is longer is not kept: a row of a view's state must fit into a block. */
  private static final int LONGEST_KEPT = 16 << 10;

  private static final int LONGEST_TOLD = 500;

  private final List<Field> fields;

  /** Error rows of expressions over rows with the given columns. */
  ErrorRows(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  @Override
  public void add(Columns rows, int row, CaissonException error, ColumnsBuilder kept) {
    kept.column(0).addText(error.state().code());
    kept.column(1).addText(String.valueOf(error.getMessage()));
    String text = JsonCasts.parse(text(rows, row));
    if (text.length() > LONGEST_KEPT) {
      kept.column(2).addNull();
    } else {
      kept.column(2).addText(text);
    }
  }

  @Override
  public ErrorForm ofColumns(List<Integer> columns) {
    return new ErrorRows(columns.stream().map(fields::get).toList());
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private String text(Columns rows, int row) {
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ColumnValues.value(rows.column(i), row, fields.get(i).type());
    }
    var text = new StringBuilder();
    List<RowColumn> columns = fields.stream().map(f -> new RowColumn(f.name(), f.type())).toList();
    new JsonRowWriter(columns).row(values, text);
    return text.toString().strip();
  }

  /** A condition that says on which row it failed. */
  RowFilter described(RowFilter filter) {
    return (rows, selected) -> {
      try {
        return filter.select(rows, selected);
      } catch (CaissonException e) {
        throw described(rows, e, part -> filter.select(part, new int[part.size()]));
      }
    };
  }

  /** Expressions that say on which row they failed. */
  Projection described(Projection projection) {
    return rows -> {
      try {
        return projection.project(rows);
      } catch (CaissonException e) {
        throw described(rows, e, projection::project);
      }
    };
  }

  private CaissonException described(
      Columns rows, CaissonException error, Consumer<Columns> evaluation) {
    if (error.state().fault() != SqlState.Fault.USER) {
      return error;
    }
    List<FailingRows.Failure> failures = FailingRows.find(rows, evaluation);
    if (failures.isEmpty()) {
      return error;
    }
    FailingRows.Failure first = failures.get(0);
    String text = JsonCasts.parse(text(rows, first.row()));
    String shown = text.length() > LONGEST_TOLD ? text.substring(0, LONGEST_TOLD) + "..." : text;
    return new CaissonException(
        first.error().state(), first.error().getMessage() + ", in row " + shown, first.error());
  }
}
