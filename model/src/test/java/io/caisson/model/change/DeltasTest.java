package io.caisson.model.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewSettings;
import io.caisson.column.BytesColumn;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.LongColumn;
import io.caisson.model.TestStore;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.stream.DeltaLog;
import io.caisson.model.stream.LogBlock;
import io.caisson.model.stream.LogReader;
import io.caisson.model.table.RowExpressions;
import io.caisson.model.table.TableStore;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What views are told of the changes of tables. */
class DeltasTest {
  private static final SqlType BIGINT = SqlType.of(TypeKind.BIGINT).withNullable(false);
  private static final SqlType TEXT = SqlType.of(TypeKind.TEXT);

  private final TestStore store;
  private final CatalogStore catalog;
  private final TableStore tables;
  private final DeltaLog log;
  private final TableDefinition users;

  DeltasTest(@TempDir Path directory) {
    store = new TestStore(directory);
    catalog = new CatalogStore(store.keyspace());
    tables = new TableStore(store.keyspace(), catalog, RowExpressions.NONE);
    log = new DeltaLog(store.keyspace());
    users =
        create(
            new TableDefinition(
                0,
                "users",
                List.of(new ColumnDefinition("id", BIGINT), new ColumnDefinition("name", TEXT)),
                List.of(0)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private <T extends CatalogObject> T create(T definition) {
    return store.runner().run(tr -> catalog.create(tr, definition));
  }

  private ViewDefinition view(String name) {
    return create(
        new ViewDefinition(
            0, name, users.columns(), List.of(), "", List.of(users.id()), ViewSettings.DEFAULT));
  }

  private Columns user(long id, String name) {
    var builder = new ColumnsBuilder(List.of(BIGINT, TEXT));
    builder.column(0).addLong(id);
    builder.column(1).addText(name);
    return builder.build();
  }

  private Columns insert(long id, String name) {
    return store.runner().run(tr -> tables.insert(tr, users, user(id, name)));
  }

  private List<String> logged() {
    var rows = new ArrayList<String>();
    for (LogBlock block : page()) {
      var weights = (LongColumn) block.column(DeltaLog.WEIGHT);
      for (int row = 0; row < block.rows(); row++) {
        rows.add(
            weights.value(row)
                + " "
                + ((LongColumn) block.column(1)).value(row)
                + " "
                + ((BytesColumn) block.column(2)).text(row));
      }
    }
    return rows;
  }

  private List<LogBlock> page() {
    return store
        .runner()
        .read(
            tr ->
                new LogReader(store.keyspace())
                    .read(tr, DeltaLog.layout(users), -1, Long.MAX_VALUE, 1 << 20)
                    .blocks());
  }

  @Test
  void changesAreLoggedInTheOrderOfCommitsWhileAViewReadsTheTable() {
    Columns before = insert(1, "before");
    assertThat(logged()).isEmpty();
    view("v");
    insert(2, "b");
    Columns unused = store.runner().run(tr -> tables.update(tr, users, before, user(1, "after")));
    store
        .runner()
        .run(
            tr -> {
              tables.delete(tr, users, user(2, "b"));
              return true;
            });
    assertThat(logged()).containsExactly("1 2 b", "-1 1 before", "1 1 after", "-1 2 b");
  }

  @Test
  void logGoesWithTheLastView() {
    view("v");
    view("w");
    insert(1, "a");
    store.runner().run(tr -> catalog.drop(tr, "v"));
    insert(2, "b");
    assertThat(logged()).containsExactly("1 1 a", "1 2 b");
    store.runner().run(tr -> catalog.drop(tr, "w"));
    insert(3, "c");
    assertThat(logged()).isEmpty();
  }

  @Test
  void whatEveryViewHasIsForgotten() {
    view("v");
    insert(1, "a");
    long version = store.runner().read(tr -> tr.getReadVersion().join());
    insert(2, "b");
    store
        .runner()
        .run(
            tr -> {
              log.trim(tr, users, version);
              return true;
            });
    assertThat(logged()).containsExactly("1 2 b");
  }

  @Test
  void addedColumnComesBehindTheLast() {
    var hidden = new ColumnDefinition("$row", BIGINT).withValue(new ColumnValue.RowNumber());
    var bag =
        new TableDefinition(9, "bag", List.of(new ColumnDefinition("v", TEXT), hidden), List.of(1));
    var columns = new ArrayList<>(bag.columns());
    columns.add(1, new ColumnDefinition("w", TEXT));
    assertThat(DeltaLog.layout(bag).columns())
        .extracting(ColumnDefinition::name)
        .containsExactly("$weight", "v", "$row");
    assertThat(DeltaLog.layout(bag.withColumns(columns)).columns())
        .extracting(ColumnDefinition::name)
        .containsExactly("$weight", "v", "$row", "w");
  }
}
