package io.caisson.engine.row;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as a program gives it: values for some columns of a table or stream. Immutable.
 *
 * @param positions the positions of the columns
 * @param values one row of their values, in the same order
 */
public record GivenRow(int[] positions, Columns values) {
  /**
   * Values by the names of columns.
   *
   * @throws CaissonException 42703 for an unknown column, 42804 for a value of another type, 428C9
   *     for a value that only the target makes
   */
  public static GivenRow of(
      CatalogObject target, Map<String, ? extends @Nullable Object> valuesByColumn) {
    int[] positions = new int[valuesByColumn.size()];
    var values = new ArrayList<Column>();
    for (Map.Entry<String, ? extends @Nullable Object> entry : valuesByColumn.entrySet()) {
      int position = writable(target, entry.getKey());
      positions[values.size()] = position;
      values.add(column(target.columns().get(position), entry.getValue()));
    }
    return new GivenRow(positions, new Columns(values, 1));
  }

  /** One value as a column of one row. */
  public static Column column(ColumnDefinition definition, @Nullable Object value) {
    var builder = new ColumnBuilder(definition.type().physical());
    ValueWriter.add(builder, definition.type(), TypedValues.of(definition, value));
    return builder.build();
  }

  private static int writable(CatalogObject target, String column) {
    List<String> names =
        target.columns().stream()
            .filter(definition -> !definition.hidden())
            .map(ColumnDefinition::name)
            .toList();
    int position = names.indexOf(column);
    if (position < 0) {
      throw new CaissonException(
              SqlState.UNDEFINED_COLUMN,
              "column \"" + column + "\" of relation \"" + target.name() + "\" does not exist")
          .withHint("there are " + String.join(", ", names));
    }
    ColumnDefinition definition = target.columns().get(position);
    boolean always = definition.value() instanceof ColumnValue.Identity value && value.always();
    if (always || definition.generated()) {
      throw new CaissonException(
              SqlState.GENERATED_ALWAYS,
              "cannot insert a non-DEFAULT value into column \"" + column + "\"")
          .withHint("The table makes its values.");
    }
    return position;
  }
}
