package io.caisson.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.RandomRows;
import io.caisson.model.TestStore;
import io.caisson.model.change.RelationPage;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableStoreTest {
  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT).withNullable(false);
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT).withNullable(false);

  private final TestStore store;
  private final TableStore tables;

  TableStoreTest(@TempDir Path directory) {
    store = new TestStore(directory);
    tables = new TableStore(store.keyspace());
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Visits: (region TEXT, id BIGINT) is the key, the note in between is not. */
  private static TableDefinition visits() {
    return new TableDefinition(
        1,
        "visits",
        List.of(
            new ColumnDefinition("id", BIGINT),
            new ColumnDefinition("note", SqlType.of(TypeKind.TEXT)),
            new ColumnDefinition("region", TEXT)),
        List.of(2, 0));
  }

  private static Columns visit(Object... idNoteRegion) {
    var builder = new ColumnsBuilder(visits().columns().stream().map(c -> c.type()).toList());
    for (int i = 0; i < idNoteRegion.length; i += 3) {
      builder.column(0).addLong((Long) idNoteRegion[i]);
      builder.column(1).addText((String) idNoteRegion[i + 1]);
      builder.column(2).addText((String) idNoteRegion[i + 2]);
    }
    return builder.build();
  }

  private void insert(TableDefinition table, Columns rows) {
    store
        .runner()
        .run(
            tr -> {
              tables.insert(tr, table, rows);
              return true;
            });
  }

  private List<List<@Nullable Object>> scan(TableDefinition table, KeyRange part) {
    List<Columns> chunks =
        store
            .runner()
            .read(
                tr -> {
                  var found = new ArrayList<Columns>();
                  tables.scan(tr, table, part).forEachRemaining(found::add);
                  return found;
                });
    var rows = new ArrayList<List<@Nullable Object>>();
    chunks.forEach(chunk -> rows.addAll(RandomRows.texts(chunk)));
    return rows;
  }

  private List<Object> ids(KeyRange part) {
    var ids = new ArrayList<Object>();
    scan(visits(), part).forEach(row -> ids.add(String.valueOf(row.get(2)) + row.get(0)));
    return ids;
  }

  private void insertSome() {
    insert(
        visits(),
        visit(3L, "x", "eu", -1L, "y", "eu", 2L, "z", "us", 9L, "", "e", 7L, "n", "eu\0"));
  }

  @Test
  void rowsAreInKeyOrderAndFoundByKey() {
    insertSome();
    assertThat(ids(KeyRange.ALL)).containsExactly("e9", "eu-1", "eu3", "eu\0007", "us2");
    var found = store.runner().read(tr -> tables.get(tr, visits(), List.of("eu", 3L)));
    assertThat(found).hasValueSatisfying(c -> RandomRows.assertSame(c, visit(3L, "x", "eu")));
    var missing = store.runner().read(tr -> tables.get(tr, visits(), List.of("eu", 4L)));
    assertThat(missing).isEmpty();
    var statistics = new StatisticsStore(store.keyspace());
    Counts counts = store.runner().read(tr -> statistics.read(tr, 1));
    assertThat(counts.rows()).isEqualTo(5);
  }

  private void change(java.util.function.Consumer<com.apple.foundationdb.Transaction> body) {
    store
        .runner()
        .run(
            tr -> {
              body.accept(tr);
              return true;
            });
  }

  @Test
  void updatedRowsMayExchangeTheirKeys() {
    insertSome();
    Columns before = visit(3L, "x", "eu", 2L, "z", "us");
    Columns after = visit(2L, "was eu", "us", 3L, "was us", "eu");
    change(tr -> tables.update(tr, visits(), before, after));
    assertThat(ids(KeyRange.ALL)).containsExactly("e9", "eu-1", "eu3", "eu\0007", "us2");
    var found = store.runner().read(tr -> tables.get(tr, visits(), List.of("eu", 3L)));
    assertThat(found).hasValueSatisfying(c -> RandomRows.assertSame(c, visit(3L, "was us", "eu")));
  }

  @Test
  void anUpdateToATakenKeyChangesNothing() {
    insertSome();
    assertThatThrownBy(
            () ->
                change(
                    tr ->
                        tables.update(
                            tr, visits(), visit(3L, "x", "eu"), visit(2L, "taken", "us"))))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.UNIQUE_VIOLATION));
    assertThat(ids(KeyRange.ALL)).containsExactly("e9", "eu-1", "eu3", "eu\0007", "us2");
  }

  @Test
  void deletedRowsAreGoneAndNoLongerCounted() {
    insertSome();
    change(tr -> tables.delete(tr, visits(), visit(3L, "x", "eu", 9L, "", "e")));
    assertThat(ids(KeyRange.ALL)).containsExactly("eu-1", "eu\0007", "us2");
    var statistics = new StatisticsStore(store.keyspace());
    assertThat(store.runner().read(tr -> statistics.read(tr, 1)).rows()).isEqualTo(3);
  }

  @Test
  void partsOfATableAreReadByPrefixAndBounds() {
    insertSome();
    var lower = new KeyRange.Bound(-1L, false);
    var from = new KeyRange.Bound(-1L, true);
    var upper = new KeyRange.Bound(3L, false);
    var to = new KeyRange.Bound(3L, true);
    assertThat(ids(KeyRange.startingWith("eu"))).containsExactly("eu-1", "eu3");
    assertThat(ids(KeyRange.startingWith("eu", 3L))).containsExactly("eu3");
    assertThat(ids(new KeyRange(List.of("eu"), lower, null))).containsExactly("eu3");
    assertThat(ids(new KeyRange(List.of("eu"), from, upper))).containsExactly("eu-1");
    assertThat(ids(new KeyRange(List.of("eu"), null, to))).containsExactly("eu-1", "eu3");
    assertThat(ids(new KeyRange(List.of("eu"), to, from))).isEmpty();
    assertThat(
            ids(
                new KeyRange(
                    List.of(), new KeyRange.Bound("eu", false), new KeyRange.Bound("us", true))))
        .containsExactly("eu\0007", "us2");
  }

  @Test
  void aPrimaryKeyIsTakenOnce() {
    insertSome();
    assertFails(
        visits(),
        visit(8L, "new", "eu", 3L, "again", "eu"),
        SqlState.UNIQUE_VIOLATION,
        "(region, id)=(eu, 3)");
    assertFails(
        visits(),
        visit(50L, "a", "eu", 50L, "b", "eu"),
        SqlState.UNIQUE_VIOLATION,
        "(region, id)=(eu, 50)");
    assertThat(ids(KeyRange.ALL)).hasSize(5);
    assertThatThrownBy(
            () ->
                store
                    .runner()
                    .run(
                        tr -> {
                          tables.insert(tr, visits(), visit(1L, "a", "as"));
                          tables.insert(tr, visits(), visit(1L, "b", "as"));
                          return true;
                        }))
        .isInstanceOf(CaissonException.class);
  }

  @Test
  void rowsThatCannotBeStoredAreRefused() {
    String large = "x".repeat(95_000);
    assertFails(visits(), visit(1L, large, "eu"), SqlState.ROW_TOO_LARGE, "Row 1");
    assertFails(visits(), visit(1L, "x", large), SqlState.ROW_TOO_LARGE, "primary key");
    var builder = new ColumnsBuilder(List.of(BIGINT, TEXT, TEXT));
    builder.column(0).addNull();
    builder.column(1).addNull();
    builder.column(2).addText("eu");
    assertFails(visits(), builder.build(), SqlState.NOT_NULL_VIOLATION, "\"id\"");
  }

  private void assertFails(TableDefinition table, Columns rows, SqlState state, String text) {
    assertThatThrownBy(() -> insert(table, rows))
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(text);
  }

  @Test
  void columnsAddedLaterAreNullInOldRows() {
    insertSome();
    var columns = new ArrayList<>(visits().columns());
    columns.add(new ColumnDefinition("extra", SqlType.of(TypeKind.DOUBLE)));
    var wider = new TableDefinition(1, "visits", columns, List.of(2, 0));
    assertThat(scan(wider, KeyRange.startingWith("us")))
        .containsExactly(java.util.Arrays.asList(2L, "z", "us", null));
  }

  @Test
  void numbersThatAreEqualAreOneKey() {
    var table =
        new TableDefinition(
            2,
            "measures",
            List.of(new ColumnDefinition("x", SqlType.of(TypeKind.DOUBLE).withNullable(false))),
            List.of(0));
    var builder = new ColumnsBuilder(List.of(SqlType.of(TypeKind.DOUBLE)));
    builder.column(0).addDouble(-0.0);
    insert(table, builder.build());
    builder.column(0).addDouble(0.0);
    assertFails(table, builder.build(), SqlState.UNIQUE_VIOLATION, "(x)=(0.0)");
  }

  @Test
  void damagedRowsAreNamed() {
    insertSome();
    byte[] key = store.keyspace().rows().pack(Tuple.from(1, new byte[] {'u', 's'}, 2L));
    for (byte[] bad : List.of(new byte[0], new byte[] {9}, new byte[] {1, 1, 3, 100})) {
      store
          .runner()
          .run(
              tr -> {
                tr.set(key, bad);
                return true;
              });
      assertThatThrownBy(() -> scan(visits(), KeyRange.ALL))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
          .hasMessageContaining("\"visits\"");
    }
  }

  @Test
  void anyTableIsReadBackInPagesOfAnySize() {
    var random = new RandomRows(31);
    for (int round = 0; round < 15; round++) {
      List<SqlType> types = new ArrayList<>(random.types());
      types.add(0, BIGINT);
      var columns = new ArrayList<ColumnDefinition>();
      for (int i = 0; i < types.size(); i++) {
        columns.add(new ColumnDefinition("c" + i, types.get(i)));
      }
      var table = new TableDefinition(100 + round, "any", columns, List.of(0));
      Columns rows = withDistinctKeys(random.rows(types, 500));
      insert(table, rows);
      var expected = new ArrayList<>(RandomRows.texts(rows));
      expected.sort(
          Comparator.comparing(row -> (Long) java.util.Objects.requireNonNull(row.get(0))));
      assertThat(scan(table, KeyRange.ALL)).isEqualTo(expected);
      int budget = 1 + random.random().nextInt(5_000);
      assertThat(pages(table, budget)).isEqualTo(expected);
    }
  }

  private static Columns withDistinctKeys(Columns rows) {
    var seen = new HashSet<@Nullable Object>();
    int[] positions = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (seen.add(RandomRows.value(rows.column(0), row))) {
        positions[count++] = row;
      }
    }
    return rows.gather(positions, count);
  }

  private List<List<@Nullable Object>> pages(TableDefinition table, int budget) {
    var rows = new ArrayList<List<@Nullable Object>>();
    byte[] after = null;
    do {
      byte[] from = after;
      RelationPage page =
          store.runner().read(tr -> tables.page(tr, table, KeyRange.ALL, from, budget));
      rows.addAll(RandomRows.texts(page.rows()));
      after = page.next();
    } while (after != null);
    return rows;
  }
}
