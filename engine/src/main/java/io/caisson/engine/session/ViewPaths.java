package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.SortedRowCodec;
import io.caisson.engine.schedule.FreshViews;
import io.caisson.engine.view.ViewSnapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.run.AccessPath;
import io.caisson.sql.run.ColumnCondition;
import io.caisson.sql.run.ScanRequest;
import io.caisson.type.DecimalForm;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ways to read a view, from the planner's words to those of its arrangements. Stateless. */
final class ViewPaths {
  private ViewPaths() {}

  /** Rows of a view, in the order of the way that the request goes. */
  static Iterator<Columns> scan(ViewSnapshot snapshot, ScanRequest request) {
    AccessPath path = request.path();
    if (path == null) {
      return snapshot.rows().scan(List.of());
    }
    long most = path.limit() > 0 ? path.limit() : Long.MAX_VALUE;
    IndexDefinition index = path.index();
    if (index == null) {
      return snapshot.rows().scan(ranges(path, snapshot.rows().order()), most);
    }
    ViewSnapshot.Sorted sorted = snapshot.indexes().get(index.id());
    if (sorted == null) {
      throw new CaissonException(
          SqlState.INTERNAL_ERROR, "no rows of index \"" + index.name() + "\"");
    }
    return sorted.scan(ranges(path, sorted.codec()), most);
  }

  private static List<SortedRowCodec.Range> ranges(AccessPath path, SortedRowCodec codec) {
    return path.parts().stream()
        .map(part -> codec.range(values(part.prefix()), bound(part.lower()), bound(part.upper())))
        .toList();
  }

  private static SortedRowCodec.@Nullable Bound bound(AccessPath.@Nullable Bound bound) {
    return bound == null
        ? null
        : new SortedRowCodec.Bound(physical(bound.value()), bound.inclusive());
  }

  private static List<@Nullable Object> values(List<Object> given) {
    var values = new ArrayList<@Nullable Object>();
    given.forEach(value -> values.add(value == AccessPath.NULL ? null : physical(value)));
    return values;
  }

  private static Object physical(Object value) {
    if (value instanceof BigDecimal number) {
      return DecimalForm.encode(number);
    }
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
  }

  /** Rows that belong to a view: those with the values that the request asks of first columns. */
  static Iterator<Columns> scan(ViewSnapshot.Part rows, ViewPart part, ScanRequest request) {
    var leading = new ArrayList<Object>();
    for (int column = 0; column < part.columns().size(); column++) {
      Optional<Object> value = equal(column, part.columns().get(column).type(), request);
      if (value.isEmpty()) {
        break;
      }
      leading.add(physical(value.get()));
    }
    return rows.scan(leading);
  }

  /** Zeros of both signs are equal, and are two values in the order of the rows. */
  private static Optional<Object> equal(int column, SqlType type, ScanRequest request) {
    return request.conditions().stream()
        .filter(c -> c.column() == column)
        .filter(c -> c.comparison() == ColumnCondition.Comparison.EQUAL)
        .filter(c -> type.physical() != TypeKind.Physical.DOUBLE)
        .map(ColumnCondition::value)
        .findFirst();
  }

  /** Whether some views, which are at hand, have all the indexes that the catalog says. */
  static boolean there(Collection<Long> viewIds, Catalog catalog, FreshViews views) {
    return catalog.objects().values().stream()
        .filter(ViewDefinition.class::isInstance)
        .map(ViewDefinition.class::cast)
        .filter(view -> viewIds.contains(view.id()))
        .allMatch(
            view ->
                view.indexes().stream()
                    .filter(IndexDefinition::readable)
                    .allMatch(index -> has(views.snapshots().get(view.id()), index)));
  }

  private static boolean has(@Nullable ViewSnapshot snapshot, IndexDefinition index) {
    return snapshot != null && snapshot.indexes().containsKey(index.id());
  }
}
