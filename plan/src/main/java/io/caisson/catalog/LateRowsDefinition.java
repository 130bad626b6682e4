package io.caisson.catalog;

import java.util.List;

/**
 * The rows that came too late for a view's windows, readable under the name {@code <view>$late}.
 *
 * @param view the view whose windows the rows missed
 */
public record LateRowsDefinition(ViewDefinition view) implements ViewPart {
  /** What the name of late rows ends with. */
  public static final String SUFFIX = "$late";

  @Override
  public String name() {
    return view.name() + SUFFIX;
  }

  @Override
  public List<ColumnDefinition> columns() {
    return view.lateColumns();
  }

  @Override
  public String kind() {
    return "LATE ROWS";
  }
}
