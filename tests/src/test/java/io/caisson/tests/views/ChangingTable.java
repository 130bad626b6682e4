package io.caisson.tests.views;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random table, or a stream of the same columns, and random statements that change it. For one
 * thread.
 */
final class ChangingTable {
  private static final int IDS = 60;
  private static final int[] ROWS = {1, 2, 5, 30};
  private static final long SECOND = 1_000_000;

  private final String name;
  private final List<StreamColumn> columns;
  private final List<StreamColumn> key;
  private final boolean stream;
  private final SplittableRandom random;

  private ChangingTable(
      String name,
      List<StreamColumn> columns,
      List<StreamColumn> key,
      boolean stream,
      SplittableRandom random) {
    this.name = name;
    this.columns = columns;
    this.key = key;
    this.stream = stream;
    this.random = random;
  }

  /** A table with a random primary key, or none. */
  static ChangingTable table(String name, List<StreamColumn> columns, SplittableRandom random) {
    var key = new ArrayList<StreamColumn>();
    if (random.nextInt(4) > 0) {
      key.add(StreamColumn.ID);
      StreamColumn other = columns.get(random.nextInt(columns.size()));
      if (random.nextInt(3) == 0 && other != StreamColumn.ID) {
        key.add(random.nextInt(2), other);
      }
    }
    return new ChangingTable(name, columns, key, false, random);
  }

  /** A stream. */
  static ChangingTable stream(String name, List<StreamColumn> columns, SplittableRandom random) {
    return new ChangingTable(name, columns, List.of(), true, random);
  }

  /** A statement and the values of its parameters. */
  record Change(String sql, List<@Nullable Object> values) {}

  String name() {
    return name;
  }

  /** The statement that creates it. */
  String create() {
    String primaryKey =
        key.stream().map(StreamColumn::sql).collect(Collectors.joining(", ", "PRIMARY KEY (", ")"));
    return Stream.concat(
            columns.stream().map(column -> column.sql() + " " + column.type().sql()),
            key.isEmpty() ? Stream.of() : Stream.of(primaryKey))
        .collect(
            Collectors.joining(
                ", ", "CREATE " + (stream ? "STREAM " : "TABLE ") + name + " (", ")"));
  }

  /** A random change; it may fail because of a key that is there already. */
  Change change() {
    if (stream) {
      return insert("");
    }
    return switch (random.nextInt(10)) {
      case 0 -> new Change("DELETE FROM " + name + some(), List.of());
      case 1 -> new Change("UPDATE " + name + " SET id = -id - 1" + some(), List.of());
      case 2, 3 -> update();
      case 4 -> random.nextInt(6) == 0 ? new Change("TRUNCATE " + name, List.of()) : update();
      default -> insert(key.isEmpty() ? "" : onConflict());
    };
  }

  private String some() {
    int modulus = random.nextInt(2, 12);
    return " WHERE MOD(id, " + modulus + ") = " + random.nextInt(modulus);
  }

  private Change update() {
    StreamColumn column = columns.get(random.nextInt(columns.size()));
    if (key.contains(column)) {
      return new Change("UPDATE " + name + " SET id = id" + some(), List.of());
    }
    var values = new ArrayList<@Nullable Object>();
    values.add(value(column));
    return new Change("UPDATE " + name + " SET " + column.sql() + " = ?" + some(), values);
  }

  private String onConflict() {
    String target = key.stream().map(StreamColumn::sql).collect(Collectors.joining(", "));
    return switch (random.nextInt(3)) {
      case 0 -> "";
      case 1 -> " ON CONFLICT DO NOTHING";
      default ->
          " ON CONFLICT ("
              + target
              + ") DO UPDATE SET "
              + columns.stream()
                  .filter(column -> !key.contains(column))
                  .map(column -> column.sql() + " = excluded." + column.sql())
                  .collect(Collectors.joining(", "));
    };
  }

  private Change insert(String behind) {
    int count = ROWS[random.nextInt(ROWS.length)];
    int first = random.nextInt(IDS);
    var rows = new ArrayList<String>();
    var values = new ArrayList<@Nullable Object>();
    for (int row = 0; row < count; row++) {
      rows.add(columns.stream().map(column -> "?").collect(Collectors.joining(", ", "(", ")")));
      for (StreamColumn column : columns) {
        values.add(column == StreamColumn.ID ? (Object) (long) (first + row) : value(column));
      }
    }
    return new Change(
        "INSERT INTO " + name + " VALUES " + String.join(", ", rows) + behind, values);
  }

  private @Nullable Object value(StreamColumn column) {
    @Nullable Object value;
    do {
      value =
          switch (column) {
            case ID -> (Object) (long) random.nextInt(IDS);
            case TS -> (Object) (random.nextInt(1_000_000) * SECOND);
            default -> column.value(random);
          };
    } while (value == null && key.contains(column));
    return column.apiValue(value);
  }
}
