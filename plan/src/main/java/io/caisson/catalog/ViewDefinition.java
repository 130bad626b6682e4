package io.caisson.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
 * @param indexes its indexes, whose numbers no other object or index has
 */
public record ViewDefinition(
    long id,
    String name,
    List<ColumnDefinition> columns,
    List<ColumnDefinition> lateColumns,
    String query,
    List<Long> inputs,
    ViewSettings settings,
    List<IndexDefinition> indexes)
    implements IndexedRelation {
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
    indexes = List.copyOf(indexes);
  }

  /** A view without indexes. */
  public ViewDefinition(
      long id,
      String name,
      List<ColumnDefinition> columns,
      List<ColumnDefinition> lateColumns,
      String query,
      List<Long> inputs,
      ViewSettings settings) {
    this(id, name, columns, lateColumns, query, inputs, settings, List.of());
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public ViewDefinition withId(long newId) {
    return new ViewDefinition(newId, name, columns, lateColumns, query, inputs, settings, indexes);
  }

  /** The same definition under another name. */
  public ViewDefinition withName(String newName) {
    return new ViewDefinition(id, newName, columns, lateColumns, query, inputs, settings, indexes);
  }

  /** The same definition with other settings. */
  public ViewDefinition withSettings(ViewSettings newSettings) {
    return new ViewDefinition(id, name, columns, lateColumns, query, inputs, newSettings, indexes);
  }

  /** The same definition with other indexes. */
  public ViewDefinition withIndexes(List<IndexDefinition> newIndexes) {
    return new ViewDefinition(id, name, columns, lateColumns, query, inputs, settings, newIndexes);
  }

  /** The same definition with one index as it is now. */
  public ViewDefinition withIndex(IndexDefinition now) {
    return withIndexes(indexes.stream().map(i -> i.id() == now.id() ? now : i).toList());
  }

  /** Its indexes that are being built. */
  public List<IndexDefinition> unreadableIndexes() {
    return indexes.stream().filter(index -> !index.readable()).toList();
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

  /**
   * {@inheritDoc}
   *
   * <p>Its columns are numbered by their positions, and all of them together sort its rows. Equal
   * rows may be there several times.
   */
  @Override
  public TableDefinition asTable() {
    List<ColumnDefinition> numbered =
        IntStream.range(0, columns.size()).mapToObj(i -> columns.get(i).withId(i)).toList();
    List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
    var rules = new TableDefinition.Rules(indexes, List.of(), List.of());
    return new TableDefinition(id, name, numbered, all, columns.size(), rules);
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
