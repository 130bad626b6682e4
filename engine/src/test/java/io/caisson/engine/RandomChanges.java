package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Database;
import io.caisson.DocumentCollection;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Changes of a table and a collection with several indexes, drawn at random, indexes made and
 * dropped among them. Stateless.
 */
final class RandomChanges {
  private static final int KEYS = 12;
  private static final List<String> COLUMNS =
      List.of("a", "b", "c", "lower(b), id DESC", "(c::NUMERIC), a");
  private static final List<String> VALUES =
      List.of(
          "(doc->>'n')", "(doc->'user'->>'name') DESC, _id", "((doc->>'n') || _id)", "_id DESC");
  private static final List<String> PATHS = List.of("n", "user.name", "tags[0]");

  /** What statements that are drawn blindly, and meet others, may end with. */
  private static final Set<SqlState> EXPECTED =
      EnumSet.of(
          SqlState.UNIQUE_VIOLATION,
          SqlState.SERIALIZATION_FAILURE,
          SqlState.CARDINALITY_VIOLATION,
          SqlState.DUPLICATE_OBJECT,
          SqlState.UNDEFINED_NAME);

  private RandomChanges() {}

  /** Makes the table and the collection. */
  static void define(Database database) {
    try (Session session = database.session()) {
      for (String statement :
          List.of(
              "CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT, b TEXT, c DOUBLE PRECISION)",
              "CREATE UNIQUE INDEX t_unique ON t (a)",
              "CREATE INDEX t_covering ON t (b DESC, a) INCLUDE (c)",
              "CREATE INDEX t_expression ON t ((lower(b)), c DESC)",
              "CREATE COLLECTION docs",
              "CREATE UNIQUE INDEX docs_unique ON docs ((doc->'tags'->>1))",
              "CREATE INDEX docs_user ON docs ((doc->'user'->>'name'), (doc->>'n') DESC)")) {
        session.execute(statement).close();
      }
    }
    database.collection("docs").createIndex("docs_n", "n");
    database.collection("docs").createIndex("docs_name", "user.name");
  }

  /** Makes one change, which may fail as blind changes do. */
  static void one(Database database, Session session, SplittableRandom random) {
    try {
      if (random.nextInt(3) > 0) {
        session.execute(statement(random)).close();
      } else {
        changeDocuments(database.collection("docs"), random);
      }
    } catch (CaissonException e) {
      assertThat(EXPECTED).as(e.getMessage()).contains(e.state());
    }
  }

  private static String statement(SplittableRandom random) {
    int id = random.nextInt(KEYS);
    String a = random.nextInt(4) == 0 ? "NULL" : String.valueOf(random.nextInt(KEYS));
    String b = random.nextInt(5) == 0 ? "NULL" : "'" + "xY".repeat(random.nextInt(3)) + id + "'";
    String c = random.nextInt(5) == 0 ? "NULL" : random.nextInt(-2, 3) + ".5e0";
    String row = "(%d, %s, %s, %s)".formatted(id, a, b, c);
    return switch (random.nextInt(16)) {
      case 0, 1 -> "INSERT INTO t (id, a, b, c) VALUES " + row;
      case 2, 3 ->
          "INSERT INTO t (id, a, b, c) VALUES "
              + row
              + " ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = t.b || excluded.b";
      case 4 -> "INSERT INTO t (id, a, b, c) VALUES " + row + " ON CONFLICT DO NOTHING";
      case 5 -> "UPDATE t SET a = " + a + ", c = " + c + " WHERE id = " + id;
      case 6 -> "UPDATE t SET id = id + 1, b = upper(b) WHERE id >= " + id;
      case 7 -> "UPDATE t SET a = a + 1";
      case 8 -> "DELETE FROM t WHERE id = " + id + " OR a = " + a;
      case 9 ->
          "MERGE INTO t USING (VALUES %s, (%d, NULL, 'm', NULL)) AS s (id, a, b, c) ON t.id = s.id"
                  .formatted("(" + id + ", CAST(" + a + " AS BIGINT), 'n', 1.5e0)", id + 1)
              + " WHEN MATCHED AND t.b IS NULL THEN DELETE"
              + " WHEN MATCHED THEN UPDATE SET a = s.a, b = s.b"
              + " WHEN NOT MATCHED THEN INSERT (id, a, b, c) VALUES (s.id, s.a, s.b, s.c)";
      case 10 -> random.nextInt(4) == 0 ? "TRUNCATE t" : "DELETE FROM t WHERE c < 0e0";
      case 11 ->
          "CREATE INDEX t_%d ON t (%s)"
              .formatted(random.nextInt(2), COLUMNS.get(random.nextInt(COLUMNS.size())));
      case 12 -> "DROP INDEX t_" + random.nextInt(2);
      case 13 ->
          "CREATE INDEX d_%d ON docs (%s)"
              .formatted(random.nextInt(2), VALUES.get(random.nextInt(VALUES.size())));
      case 14 -> "DROP INDEX d_" + random.nextInt(2);
      default -> documents(random, id);
    };
  }

  /** A statement that changes documents. */
  private static String documents(SplittableRandom random, int id) {
    return switch (random.nextInt(5)) {
      case 0 -> "UPDATE docs SET doc = doc || '{\"n\": " + id + "}' WHERE _id >= 'd" + id + "'";
      case 1 -> "DELETE FROM docs WHERE _id = 'd" + id + "'";
      case 2 -> "UPDATE docs SET _id = 'd" + id + "' WHERE _id = 'd" + (id + 1) % KEYS + "'";
      case 3 ->
          "INSERT INTO docs VALUES ('d"
              + id
              + "', '{\"tags\": [\"x\", "
              + random.nextInt(KEYS)
              + "], \"n\": 1.50}') ON CONFLICT (_id)"
              + " DO UPDATE SET doc = docs.doc || excluded.doc";
      default -> random.nextInt(3) == 0 ? "TRUNCATE docs" : "DELETE FROM docs WHERE _id > 'd5'";
    };
  }

  private static void changeDocuments(DocumentCollection docs, SplittableRandom random) {
    String id = "d" + random.nextInt(KEYS);
    Object value =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(5);
          case 1 -> "name".repeat(random.nextInt(1, 100));
          case 2 -> random.nextDouble();
          default -> List.of(true);
        };
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        boolean unused = docs.put(id, Map.of("n", value));
      }
      case 2 -> {
        boolean unused = docs.put(id, Map.of("user", Map.of("name", value), "tags", List.of("t")));
      }
      case 3 -> {
        boolean unused = docs.patch(id, Map.of("user", Map.of("name", value)));
      }
      case 4 -> {
        boolean unused = docs.delete(id);
      }
      case 5 ->
          docs.createIndex("docs_" + random.nextInt(2), PATHS.get(random.nextInt(PATHS.size())));
      default -> {
        boolean unused = docs.dropIndex("docs_" + random.nextInt(2));
      }
    }
  }
}
