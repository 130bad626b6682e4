package io.caisson.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexDefinition.ColumnKey;
import io.caisson.catalog.IndexDefinition.State;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.RandomRows;
import io.caisson.model.TestStore;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After whatever happened to a table, each of its indexes is what a new one would be. */
class IndexPropertyTest {
  private static final List<SqlType> TYPES =
      List.of(
          SqlType.of(TypeKind.BIGINT).withNullable(false),
          SqlType.of(TypeKind.BIGINT),
          SqlType.of(TypeKind.TEXT),
          SqlType.of(TypeKind.DOUBLE),
          SqlType.of(TypeKind.BYTEA));
  private static final List<String> WORDS = List.of("", "a", "a\0", "a\0b", "b", "ÿ", "🦀", "zz");
  private static final int PAGE_BYTES = 200;

  private final SplittableRandom random = new RandomRows(71).random();

  private static TableDefinition table(State state) {
    var columns = new ArrayList<ColumnDefinition>();
    for (int i = 0; i < TYPES.size(); i++) {
      columns.add(new ColumnDefinition("c" + i, TYPES.get(i)));
    }
    return new TableDefinition(1, "t", columns, List.of(0))
        .withIndex(index("plain", false, state, List.of(), new ColumnKey(1, false, false)))
        .withIndex(
            index(
                "mixed",
                false,
                state,
                List.of(4),
                new ColumnKey(2, true, false),
                new ColumnKey(3, false, true)))
        .withIndex(
            index(
                "once",
                true,
                state,
                List.of(0, 1),
                new ColumnKey(1, true, true),
                new ColumnKey(2, false, false)))
        .withIndex(index("bytes", false, state, List.of(), new ColumnKey(4, true, true)));
  }

  private static IndexDefinition index(
      String name, boolean unique, State state, List<Integer> included, ColumnKey... keys) {
    return new IndexDefinition(0, name, unique, false, List.of(keys), included, state);
  }

  private Columns rows(int count) {
    var builder = new ColumnsBuilder(TYPES);
    for (int row = 0; row < count; row++) {
      builder.column(0).addLong(random.nextInt(60));
      if (random.nextInt(4) == 0) {
        builder.column(1).addNull();
      } else {
        builder.column(1).addLong(random.nextInt(-3, 4) * (1L << random.nextInt(62)));
      }
      if (random.nextInt(5) == 0) {
        builder.column(2).addNull();
      } else {
        builder.column(2).addText(word());
      }
      builder.column(3).addDouble(random.nextInt(5) == 0 ? Double.NaN : random.nextInt(-2, 3));
      builder.column(4).addBytes(new byte[] {(byte) random.nextInt(256), 0}, 0, random.nextInt(3));
    }
    return builder.build();
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  @Test
  void everyIndexEqualsARebuildAfterAnyHistory(@TempDir Path directory) {
    try (var store = new TestStore(directory)) {
      var tables = new TableStore(store.keyspace());
      TableDefinition table = table(State.READABLE);
      for (int step = 0; step < 400; step++) {
        change(store.runner(), tables, table);
        if (step % 20 == 0) {
          check(store, tables, table);
        }
      }
      check(store, tables, table);
    }
  }

  @Test
  void anIndexThatIsBuiltWhileRowsChangeEqualsARebuild(@TempDir Path directory) {
    try (var store = new TestStore(directory)) {
      var tables = new TableStore(store.keyspace());
      var build = new IndexBuild(store.keyspace(), tables);
      TableDefinition bare = table(State.READABLE).withIndexes(List.of());
      for (int step = 0; step < 30; step++) {
        change(store.runner(), tables, bare);
      }
      List<IndexDefinition> all =
          table(State.BUILDING).indexes().stream().filter(index -> !index.unique()).toList();
      TableDefinition building = bare.withIndexes(all);
      for (IndexDefinition index : all) {
        boolean more = true;
        while (more) {
          more = run(store.runner(), tr -> build.enter(tr, building, index, PAGE_BYTES));
          change(store.runner(), tables, building);
        }
      }
      check(store, tables, building);
    }
  }

  @Test
  void rowsThatAreTheSameInAUniqueIndexStopItsBuild(@TempDir Path directory) {
    try (var store = new TestStore(directory)) {
      var tables = new TableStore(store.keyspace());
      var build = new IndexBuild(store.keyspace(), tables);
      TableDefinition bare = table(State.READABLE).withIndexes(List.of());
      var builder = new ColumnsBuilder(TYPES);
      for (int row = 0; row < 50; row++) {
        builder.column(0).addLong(row);
        builder.column(1).addLong(row % 40);
        builder.column(2).addText("x");
        builder.column(3).addDouble(0);
        builder.column(4).addNull();
      }
      run(store.runner(), tr -> tables.insert(tr, bare, builder.build()));
      IndexDefinition unique = table(State.BUILDING).index("once").orElseThrow();
      TableDefinition building = bare.withIndexes(List.of(unique));
      assertThatThrownBy(
              () -> {
                while (run(store.runner(), tr -> build.enter(tr, building, unique, PAGE_BYTES))) {
                  // Until two rows are found that are the same.
                }
              })
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.UNIQUE_VIOLATION))
          .hasMessageContaining("(c1, c2)=(0, x)");
    }
  }

  private static <T> T run(TransactionRunner runner, Function<Transaction, T> body) {
    return runner.run(body);
  }

  /** Makes a random change, which may fail as a whole. */
  private void change(TransactionRunner runner, TableStore tables, TableDefinition table) {
    Columns given = rows(1 + random.nextInt(6));
    int kind = random.nextInt(3);
    int from = random.nextInt(60);
    int width = 1 + random.nextInt(10);
    try {
      run(
          runner,
          tr -> {
            if (kind == 0) {
              return tables.insert(tr, table, given);
            }
            var part =
                new KeyRange(
                    List.of(),
                    new KeyRange.Bound((long) from, true),
                    new KeyRange.Bound((long) from + width, false));
            Iterator<Columns> found = tables.scan(tr, table, part);
            if (!found.hasNext()) {
              return given;
            }
            Columns before = found.next();
            int count = Math.min(before.size(), given.size());
            int[] first = new int[count];
            for (int i = 0; i < count; i++) {
              first[i] = i;
            }
            if (kind == 1) {
              tables.delete(tr, table, before.gather(first, count));
              return before;
            }
            return tables.update(
                tr, table, before.gather(first, count), given.gather(first, count));
          });
    } catch (CaissonException e) {
      assertThat(e.state()).isEqualTo(SqlState.UNIQUE_VIOLATION);
    }
  }

  /** Holds the entries of all indexes, their counts and what is read by them against the rows. */
  private static void check(TestStore store, TableStore tables, TableDefinition table) {
    var statistics = new StatisticsStore(store.keyspace());
    store
        .runner()
        .read(
            tr -> {
              var all = new ArrayList<Columns>();
              tables.scan(tr, table, KeyRange.ALL).forEachRemaining(all::add);
              long rows = all.stream().mapToLong(Columns::size).sum();
              assertThat(statistics.read(tr, 1).rows()).isEqualTo(rows);
              long entries = rows * (1 + table.indexes().size());
              assertThat(statistics.read(tr, 1).entries()).isEqualTo(entries);
              for (IndexDefinition index : table.indexes()) {
                IndexLayout layout = tables.layout(table, index);
                var expected = new TreeMap<String, String>();
                for (Columns chunk : all) {
                  tables
                      .entries(layout, table, chunk)
                      .forEach(e -> expected.put(hex(e.key()), hex(e.value())));
                }
                var found = new TreeMap<String, String>();
                for (KeyValue entry : tr.getRange(layout.all()).asList().join()) {
                  found.put(hex(entry.getKey()), hex(entry.getValue()));
                }
                assertThat(found).as(index.name()).isEqualTo(expected);
                checkReads(tr, tables, table, index, all);
              }
              return true;
            });
  }

  private static void checkReads(
      com.apple.foundationdb.ReadTransaction tr,
      TableStore tables,
      TableDefinition table,
      IndexDefinition index,
      List<Columns> all) {
    var expected = new ArrayList<Object>();
    all.forEach(chunk -> expected.addAll(RandomRows.texts(chunk)));
    for (boolean reverse : new boolean[] {false, true}) {
      var read = new TableRead(index, List.of(KeyRange.ALL), reverse, 0, false);
      var found = new ArrayList<Object>();
      tables.scan(tr, table, read).forEachRemaining(chunk -> found.addAll(RandomRows.texts(chunk)));
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String hex(byte[] bytes) {
    return ByteArrayUtil.printable(bytes);
  }
}
