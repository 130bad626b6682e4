package io.caisson.tests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables of small values, so that joins meet, groups have several rows and NULL is common.
 * Immutable.
 *
 * @param tables the tables
 */
record RandomTables(List<Table> tables) {
  /** Columns by the letter of their type: integers, texts and floating point. */
  static final List<String> INTEGERS = List.of("id", "a", "b");

  static final String TEXT = "s";
  static final String FLOATING = "x";

  private static final List<String> WORDS = List.of("''", "'a'", "'b'", "'ab'", "'B'", "'ä'");
  private static final String COLUMNS =
      "(id BIGINT PRIMARY KEY, a BIGINT, b BIGINT, s TEXT, x DOUBLE PRECISION)";

  /**
   * A table and its rows, each as SQL writes it.
   *
   * @param name its name
   * @param rows the rows
   */
  record Table(String name, List<String> rows) {
    List<String> statements() {
      String create = "CREATE TABLE " + name + " " + COLUMNS;
      return rows.isEmpty()
          ? List.of(create)
          : List.of(create, "INSERT INTO " + name + " VALUES " + String.join(", ", rows));
    }
  }

  static RandomTables random(SplittableRandom random) {
    var tables = new ArrayList<Table>();
    for (int i = 0; i < 3; i++) {
      int rows = random.nextInt(4) == 0 ? random.nextInt(2) : 2 + random.nextInt(9);
      tables.add(
          new Table("t" + i, IntStream.range(0, rows).mapToObj(id -> row(random, id)).toList()));
    }
    return new RandomTables(tables);
  }

  private static String row(SplittableRandom random, int id) {
    return "("
        + id
        + ", "
        + orNull(random, String.valueOf(random.nextInt(4)))
        + ", "
        + orNull(random, String.valueOf(random.nextInt(-3, 10)))
        + ", "
        + orNull(random, WORDS.get(random.nextInt(WORDS.size())))
        + ", "
        + orNull(random, String.valueOf(random.nextInt(-8, 9) / 4.0))
        + ")";
  }

  private static String orNull(SplittableRandom random, String value) {
    return random.nextInt(5) == 0 ? "NULL" : value;
  }

  List<String> statements() {
    return tables.stream().flatMap(table -> table.statements().stream()).toList();
  }

  /** The tables without a row: what a difference is made smaller by. */
  List<RandomTables> smaller() {
    var smaller = new ArrayList<RandomTables>();
    for (int t = 0; t < tables.size(); t++) {
      for (int r = 0; r < tables.get(t).rows().size(); r++) {
        smaller.add(without(t, r));
      }
    }
    return smaller;
  }

  private RandomTables without(int table, int row) {
    var changed = new ArrayList<Table>(tables);
    var rows = new ArrayList<String>(tables.get(table).rows());
    rows.remove(row);
    changed.set(table, new Table(tables.get(table).name(), rows));
    return new RandomTables(changed);
  }

  @Override
  public String toString() {
    return statements().stream()
        .collect(Collectors.joining("\n\nstatement ok\n", "statement ok\n", "\n"));
  }
}
