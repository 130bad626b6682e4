package io.caisson.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * A materialized view.
 *
 * @param id its number
 * @param name its name
 * @param columns its columns
 * @param lateColumns the columns of its late rows; empty where the view has no window and so no row
 *     can be late
 * @param query the text of its defining query
 * @param inputs the ids of the objects it reads
 * @param settings what it was told about its life
 */
public record ViewDefinition(
    long id,
    String name,
    List<ColumnDefinition> columns,
    List<ColumnDefinition> lateColumns,
    String query,
    List<Long> inputs,
    ViewSettings settings)
    implements CatalogObject {
  /**
   * What the name of a view ends with that is being built to take the place of the one before it.
   */
  public static final String REPLACEMENT_SUFFIX = "$replacement";

  /** What the name of a view begins with that is there while somebody subscribes to a query. */
  public static final String PASSING_PREFIX = "subscribe$";

  /** What the name of a view ends with that has the rows of a table for a subscription to it. */
  public static final String ROWS_SUFFIX = "$rows";

  /** Copies the lists. */
  public ViewDefinition {
    columns = List.copyOf(columns);
    lateColumns = List.copyOf(lateColumns);
    inputs = List.copyOf(inputs);
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public ViewDefinition withId(long newId) {
    return new ViewDefinition(newId, name, columns, lateColumns, query, inputs, settings);
  }

  /** The same definition under another name. */
  public ViewDefinition withName(String newName) {
    return new ViewDefinition(id, newName, columns, lateColumns, query, inputs, settings);
  }

  /** The same definition with other settings. */
  public ViewDefinition withSettings(ViewSettings newSettings) {
    return new ViewDefinition(id, name, columns, lateColumns, query, inputs, newSettings);
  }

  /** Whether it is there only while somebody subscribes to its query. */
  public boolean passing() {
    return name.startsWith(PASSING_PREFIX);
  }

  /** Whether it has the rows of a table for a subscription to that. */
  public boolean rowsOfTable() {
    return name.endsWith(ROWS_SUFFIX);
  }

  /** Whether people know nothing of it. */
  public boolean internal() {
    return passing() || rowsOfTable();
  }

  /** Whether it is being built to take the place of another view. */
  public boolean replacement() {
    return settings.replaces() != 0;
  }

  /** The rows that belong to it beside its own: late ones, and those that it failed on. */
  public List<ViewPart> parts() {
    var parts = new ArrayList<ViewPart>();
    if (!lateColumns.isEmpty()) {
      parts.add(new LateRowsDefinition(this));
    }
    if (settings.skipsErrors()) {
      parts.add(new ErrorRowsDefinition(this));
    }
    return parts;
  }

  @Override
  public List<Long> reads() {
    return inputs;
  }

  @Override
  public String kind() {
    return "MATERIALIZED VIEW";
  }
}
