package io.caisson.engine.session;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.run.ScanSource;
import io.caisson.sql.write.RowsQuery;
import io.caisson.sql.write.WritePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MERGE: deletes, then updates, then inserts, so that a key that is given up is free. */
final class MergeStatement {
  private final WorkingTransaction working;
  private final ScanSource scan;

  MergeStatement(WorkingTransaction working, ScanSource scan) {
    this.working = working;
    this.scan = scan;
  }

  /**
   * The rows of one WHEN.
   *
   * @param action what to do with them
   * @param places where they are in the source's answer
   * @param scope the rows as they were
   * @param after the rows of the target as they are afterwards
   */
  private record Part(
      WritePlan.Action action, List<Integer> places, Columns scope, Columns after) {}

  WriteStatements.Changed run(WritePlan.Merge merge) {
    KeyedObject table = merge.target();
    int width = merge.source().columns().size() - 1;
    Columns rows = WriteStatements.read(merge.source(), merge.source().columns(), scan);
    var chosen = (LongColumn) rows.column(width);
    Columns scope = RowSets.part(rows, 0, width);
    Set<List<Object>> touched = new HashSet<>();
    var parts = new ArrayList<Part>();
    for (int index = 0; index < merge.actions().size(); index++) {
      WritePlan.Action action = merge.actions().get(index);
      var places = new ArrayList<Integer>();
      for (int row = 0; row < rows.size(); row++) {
        if (chosen.value(row) == index) {
          checkOnce(table, action, scope, row, touched);
          places.add(row);
        }
      }
      if (action.kind() != WritePlan.ActionKind.NOTHING && !places.isEmpty()) {
        parts.add(part(table, action, places, RowSets.rows(scope, places)));
      }
    }
    parts.sort(Comparator.comparing(part -> order(part.action().kind())));
    List<Part> written = parts.stream().map(part -> written(table, part)).toList();
    return changed(table, written, RowSets.rows(scope, List.of()));
  }

  private static void checkOnce(
      KeyedObject table,
      WritePlan.Action action,
      Columns scope,
      int row,
      Set<List<Object>> touched) {
    boolean changes =
        action.kind() == WritePlan.ActionKind.UPDATE
            || action.kind() == WritePlan.ActionKind.DELETE;
    if (changes && !touched.add(RowSets.key(table, scope, row))) {
      throw new CaissonException(
              SqlState.CARDINALITY_VIOLATION, "MERGE command cannot affect row a second time")
          .withHint("Ensure that not more than one source row matches any one target row.");
    }
  }

  private Part part(
      KeyedObject table, WritePlan.Action action, List<Integer> places, Columns scope) {
    Columns before = RowSets.part(scope, 0, table.columns().size());
    RowsQuery query = action.values();
    Columns values = query == null ? empty(scope.size()) : values(table, action, query, scope);
    Columns after =
        switch (action.kind()) {
          case INSERT -> working.complete(table, action.columns(), values);
          case UPDATE -> RowSets.with(before, action.columns(), values);
          case DELETE, NOTHING -> before;
        };
    return new Part(action, places, scope, after);
  }

  private static Columns empty(int size) {
    return new Columns(List.of(), size);
  }

  private Columns values(
      KeyedObject table, WritePlan.Action action, RowsQuery query, Columns scope) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int position : action.columns()) {
      columns.add(table.columns().get(position));
    }
    var buffer = new RowBuffer(columns);
    for (@Nullable Object[] row : WriteStatements.values(query, scope, scan)) {
      buffer.add(row, 0);
    }
    return buffer.build();
  }

  private static int order(WritePlan.ActionKind kind) {
    return switch (kind) {
      case DELETE -> 0;
      case UPDATE -> 1;
      case INSERT -> 2;
      case NOTHING -> 3;
    };
  }

  /** Carries a part out; answers it with the rows as they were stored. */
  private Part written(KeyedObject table, Part part) {
    Columns before = RowSets.part(part.scope(), 0, table.columns().size());
    Columns stored =
        switch (part.action().kind()) {
          case UPDATE -> working.update(table, before, part.after());
          case INSERT -> working.insert(table, part.after());
          case DELETE -> {
            working.delete(table, before);
            yield before;
          }
          case NOTHING -> before;
        };
    return new Part(part.action(), part.places(), part.scope(), stored);
  }

  /** All rows in the order of the source, those of the target as they are afterwards. */
  private static WriteStatements.Changed changed(
      KeyedObject table, List<Part> parts, Columns none) {
    Columns all = none;
    var places = new ArrayList<Integer>();
    for (Part part : parts) {
      Columns others =
          RowSets.part(part.scope(), table.columns().size(), part.scope().columns().size());
      all = RowSets.behind(all, RowSets.beside(part.after(), others));
      places.addAll(part.places());
    }
    var order = new ArrayList<Integer>();
    for (int i = 0; i < places.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(places::get));
    return new WriteStatements.Changed(RowSets.rows(all, order), places.size());
  }
}
