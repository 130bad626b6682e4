package io.caisson.sql.write;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.sql.run.CloseableIterator;
import io.caisson.sql.run.ParameterValues;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.run.ScanSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that stood in the statement. Immutable.
 *
 * @param columns their columns
 * @param rows the rows
 */
record ConstantRows(List<ColumnDefinition> columns, List<@Nullable Object[]> rows)
    implements PreparedQuery {
  /**
   * A value that is given when the statement runs.
   *
   * @param number which of the places for values it is
   */
  record Place(int number) {}

  @Override
  public PreparedQuery with(List<? extends @Nullable Object> values) {
    var bound = new ArrayList<@Nullable Object[]>();
    for (@Nullable Object[] row : rows) {
      @Nullable Object[] copy = row.clone();
      for (int i = 0; i < copy.length; i++) {
        if (copy[i] instanceof Place place) {
          copy[i] = ParameterValues.assign(values.get(place.number()), columns.get(i).type());
        }
      }
      bound.add(copy);
    }
    return new ConstantRows(columns, bound);
  }

  @Override
  public Set<String> inputs() {
    return Set.of();
  }

  @Override
  public String explain() {
    return "Values(rows=[" + rows.size() + "])\n";
  }

  @Override
  public boolean constant() {
    return true;
  }

  @Override
  public CloseableIterator<@Nullable Object[]> run(ScanSource source) {
    Iterator<@Nullable Object[]> iterator = rows.iterator();
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public @Nullable Object[] next() {
        return iterator.next().clone();
      }

      @Override
      public void close() {}
    };
  }
}
