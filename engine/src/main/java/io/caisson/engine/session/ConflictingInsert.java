package io.caisson.engine.session;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.row.MatchingRows;
import io.caisson.sql.run.ScanSource;
import io.caisson.sql.write.RowsQuery;
import io.caisson.sql.write.WritePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT … ON CONFLICT: rows whose key is taken are left out or change what is there. */
final class ConflictingInsert {
  private final WorkingTransaction working;
  private final ScanSource scan;
  private final KeyedObject table;

  ConflictingInsert(WorkingTransaction working, ScanSource scan, KeyedObject table) {
    this.working = working;
    this.scan = scan;
    this.table = table;
  }

  WriteStatements.Changed run(WritePlan.OnConflict onConflict, Columns rows) {
    List<MatchingRows> stored =
        onConflict.keys().stream().map(key -> working.matching(table, key, rows)).toList();
    RowsQuery values = onConflict.values();
    var fresh = new ArrayList<Integer>();
    var taken = new ArrayList<Integer>();
    Set<Object> seen = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Object> keys = keys(onConflict, rows, row);
      boolean again = keys.stream().anyMatch(seen::contains);
      if (again && values != null) {
        throw secondTime();
      }
      if (isStored(stored, row)) {
        taken.add(row);
        seen.addAll(keys);
      } else if (!again) {
        fresh.add(row);
        seen.addAll(keys);
      }
    }
    Columns inserted = working.insert(table, RowSets.rows(rows, fresh));
    if (values == null || taken.isEmpty()) {
      return new WriteStatements.Changed(inserted, inserted.size());
    }
    Columns excluded = RowSets.rows(rows, taken);
    MatchingRows match = stored.get(0);
    Columns before =
        RowSets.rows(match.rows(), taken.stream().map(row -> match.places()[row]).toList());
    var places = new ArrayList<>(fresh);
    Columns updated = update(onConflict, values, before, excluded, taken, places);
    return inOrder(RowSets.behind(inserted, updated), places);
  }

  private static CaissonException secondTime() {
    return new CaissonException(
            SqlState.CARDINALITY_VIOLATION,
            "ON CONFLICT DO UPDATE command cannot affect row a second time")
        .withHint(
            "Ensure that no rows proposed for insertion within the same command have duplicate"
                + " constrained values.");
  }

  private static boolean isStored(List<MatchingRows> stored, int row) {
    return stored.stream().anyMatch(match -> match.places()[row] >= 0);
  }

  /** The row's keys, each with its number, but for those that are like no other. */
  private static List<Object> keys(WritePlan.OnConflict onConflict, Columns rows, int row) {
    var keys = new ArrayList<Object>();
    for (int i = 0; i < onConflict.keys().size(); i++) {
      List<Integer> columns = onConflict.keys().get(i).columns();
      if (!RowSets.hasNull(rows, columns, row)) {
        keys.add(List.of(i, RowSets.key(rows, columns, row)));
      }
    }
    return keys;
  }

  /** Changes the rows that WHERE lets through, and adds their places in the statement's order. */
  private Columns update(
      WritePlan.OnConflict onConflict,
      RowsQuery query,
      Columns before,
      Columns excluded,
      List<Integer> taken,
      List<Integer> places) {
    List<@Nullable Object[]> values =
        WriteStatements.values(query, RowSets.beside(before, excluded), scan);
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int position : onConflict.columns()) {
      columns.add(table.columns().get(position));
    }
    var buffer = new RowBuffer(columns);
    var chosen = new ArrayList<Integer>();
    for (int row = 0; row < values.size(); row++) {
      @Nullable Object[] one = values.get(row);
      if (Boolean.TRUE.equals(one[0])) {
        buffer.add(one, 1);
        chosen.add(row);
        places.add(taken.get(row));
      }
    }
    Columns old = RowSets.rows(before, chosen);
    Columns after = RowSets.with(old, onConflict.columns(), buffer.build());
    return working.update(table, old, after);
  }

  private static WriteStatements.Changed inOrder(Columns rows, List<Integer> places) {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < places.size(); i++) {
      order.add(i);
    }
    order.sort(java.util.Comparator.comparing(places::get));
    return new WriteStatements.Changed(RowSets.rows(rows, order), rows.size());
  }
}
