package io.caisson.tests.views;

import io.caisson.type.TypeKind;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random SQL expressions over a stream's columns that raise no errors: tame columns are calculated
 * with, the others only compared. For one thread.
 */
final class RandomExpressions {
  private static final String NULL_TEXT = "CAST(NULL AS TEXT)";

  private final SplittableRandom random;
  private final List<StreamColumn> columns;

  RandomExpressions(SplittableRandom random, List<StreamColumn> columns) {
    this.random = random;
    this.columns = columns;
  }

  /** An expression of any type. */
  String any(int depth) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> integer(depth);
      case 6 -> numeric(depth);
      case 2 -> real(depth);
      case 3 -> text(depth);
      case 4 -> time(depth);
      default -> condition(depth);
    };
  }

  /** An expression by which groups are told apart. */
  String key() {
    return switch (random.nextInt(6)) {
      case 0 -> "MOD(" + integer(1) + ", 5)";
      case 1 -> condition(1);
      case 2 -> "left(" + text(0) + ", 1)";
      default -> columns.get(random.nextInt(columns.size())).sql();
    };
  }

  String integer(int depth) {
    if (depth == 0) {
      return column("7", StreamColumn.SMALL, StreamColumn.N, StreamColumn.S);
    }
    String left = integer(depth - 1);
    return switch (random.nextInt(9)) {
      case 0 -> "(" + left + " + " + integer(depth - 1) + ")";
      case 1 -> "(" + left + " - " + random.nextInt(100) + ")";
      case 2 -> "(" + left + " * " + random.nextInt(1, 5) + ")";
      case 3 -> "(" + left + " / " + random.nextInt(1, 9) + ")";
      case 4 -> "MOD(" + left + ", " + random.nextInt(1, 9) + ")";
      case 5 ->
          "CASE WHEN "
              + condition(depth - 1)
              + " THEN "
              + left
              + " ELSE "
              + random.nextInt(9)
              + " END";
      case 6 -> "length(" + text(depth - 1) + ")";
      case 7 -> "(-" + left + ")";
      default -> "COALESCE(" + left + ", " + random.nextInt(9) + ")";
    };
  }

  String real(int depth) {
    if (depth == 0) {
      return column("0.5e0", StreamColumn.X, StreamColumn.R);
    }
    return switch (random.nextInt(4)) {
      case 0 -> "(" + real(depth - 1) + " + " + real(depth - 1) + ")";
      case 1 -> "(" + real(depth - 1) + " * 2)";
      case 2 -> "CAST(" + integer(depth - 1) + " AS DOUBLE PRECISION)";
      default -> "(" + real(depth - 1) + " / 4)";
    };
  }

  String numeric(int depth) {
    if (depth == 0) {
      return column("2.50", StreamColumn.PRICE, StreamColumn.NUM);
    }
    String left = numeric(depth - 1);
    return switch (random.nextInt(7)) {
      case 0 -> "(" + left + " + " + numeric(depth - 1) + ")";
      case 1 -> "(" + left + " - 0.05)";
      case 2 -> "(" + left + " * 1.10)";
      case 3 -> "(" + left + " / " + random.nextInt(1, 9) + ")";
      case 4 -> "CAST(" + integer(depth - 1) + " AS NUMERIC)";
      case 5 -> "CAST(" + left + " AS NUMERIC(40, 1))";
      default -> "MOD(" + left + ", 7.5)";
    };
  }

  String text(int depth) {
    if (depth == 0) {
      return column("'x'", StreamColumn.K, StreamColumn.T);
    }
    String inner = text(depth - 1);
    return switch (random.nextInt(9)) {
      case 0 -> "upper(" + inner + ")";
      case 1 -> "(" + inner + " || '-' || " + text(depth - 1) + ")";
      case 2 -> "left(" + inner + ", " + random.nextInt(-1, 4) + ")";
      case 3 -> "CAST(" + integer(depth - 1) + " AS TEXT)";
      case 4 ->
          "CASE WHEN " + condition(depth - 1) + " THEN " + inner + " ELSE " + NULL_TEXT + " END";
      case 5 -> "replace(" + inner + ", 'a', '-')";
      case 6 -> "CAST(jsonb_build_array(" + inner + ", " + any(depth - 1) + ", NULL) AS TEXT)";
      case 7 -> "(jsonb_build_object('k', " + inner + ", 'v', " + integer(0) + ") ->> 'k')";
      default -> "lower(" + inner + ")";
    };
  }

  private String time(int depth) {
    if (depth == 0) {
      return "ts";
    }
    return switch (random.nextInt(3)) {
      case 0 -> "date_trunc('minute', ts)";
      case 1 -> "(ts + INTERVAL '90' SECOND)";
      default -> "(ts - INTERVAL '1' DAY)";
    };
  }

  String condition(int depth) {
    if (depth == 0) {
      return leaf();
    }
    String left = condition(depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> "(" + left + " AND " + condition(depth - 1) + ")";
      case 1 -> "(" + left + " OR " + condition(depth - 1) + ")";
      case 2 -> "(NOT " + left + ")";
      case 3 ->
          "("
              + left
              + " IS "
              + List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE").get(random.nextInt(4))
              + ")";
      default -> left;
    };
  }

  private String leaf() {
    StreamColumn column = columns.get(random.nextInt(columns.size()));
    String name = column.sql();
    return switch (random.nextInt(10)) {
      case 0 -> "(" + name + " IS NULL)";
      case 1 -> "(" + name + " IS NOT NULL)";
      case 2 -> "(" + integer(1) + comparison() + integer(1) + ")";
      case 3 ->
          "("
              + text(0)
              + " LIKE '"
              + List.of("%a%", "_", "%", "50!%").get(random.nextInt(4))
              + "' ESCAPE '!')";
      case 4 -> "(" + integer(0) + " BETWEEN -100 AND " + random.nextInt(500) + ")";
      case 5 -> "(" + text(0) + comparison() + text(1) + ")";
      default ->
          column.kind() == TypeKind.BOOLEAN
              ? name
              : "(" + name + comparison() + literal(column) + ")";
    };
  }

  private String comparison() {
    return List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ").get(random.nextInt(6));
  }

  private String literal(StreamColumn column) {
    return switch (column) {
      case ID -> String.valueOf(random.nextInt(1_000));
      case TS -> "TIMESTAMP '2026-01-01 00:" + random.nextInt(10, 60) + ":00'";
      case SMALL, N, S -> String.valueOf(random.nextInt(-500, 500));
      case X, R -> random.nextInt(-200, 200) + ".5e0";
      case K, T -> "'" + List.of("a", "b", "", "view", "世界", "ä").get(random.nextInt(6)) + "'";
      case D -> "DATE '19" + random.nextInt(10, 99) + "-02-28'";
      case BIG ->
          List.of("0", "9223372036854775807", "-9223372036854775807").get(random.nextInt(3));
      case WILD -> List.of("0.1e0", "1e17", "-1e100").get(random.nextInt(3));
      case B -> "TRUE";
      case PRICE, NUM -> List.of("1.0", "-1.5", "12.3450", "7").get(random.nextInt(4));
    };
  }

  private String column(String otherwise, StreamColumn... choice) {
    StreamColumn column = choice[random.nextInt(choice.length)];
    return columns.contains(column) ? column.sql() : otherwise;
  }
}
