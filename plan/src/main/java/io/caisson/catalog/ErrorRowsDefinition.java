package io.caisson.catalog;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;

/**
 * The rows that a view's expressions failed on, readable under the name {@code <view>$errors} where
 * the view puts them aside and goes on.
 *
 * @param view the view
 */
public record ErrorRowsDefinition(ViewDefinition view) implements ViewPart {
  /** What the name of error rows ends with. */
  public static final String SUFFIX = "$errors";

  /** The SQLSTATE, the message, and the row that the expression was to be evaluated over. */
  public static final List<ColumnDefinition> COLUMNS =
      List.of(
          new ColumnDefinition("error_code", SqlType.of(TypeKind.TEXT).withNullable(false)),
          new ColumnDefinition("error", SqlType.of(TypeKind.TEXT).withNullable(false)),
          new ColumnDefinition("row_data", SqlType.of(TypeKind.JSONB)));

  @Override
  public String name() {
    return view.name() + SUFFIX;
  }

  @Override
  public List<ColumnDefinition> columns() {
    return COLUMNS;
  }

  @Override
  public String kind() {
    return "ERROR ROWS";
  }
}
