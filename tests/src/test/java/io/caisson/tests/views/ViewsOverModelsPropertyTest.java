package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Bucket;
import io.caisson.BucketOptions;
import io.caisson.DocumentCollection;
import io.caisson.Filter;
import io.caisson.RecordTable;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.tests.Seeds;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Random changes of a collection, a table without a schema and buckets through Java, and views over
 * them: every view equals its query. {@code -Dcaisson.seed=} repeats a scenario.
 */
class ViewsOverModelsPropertyTest {
  private static final int SCENARIOS = 5;
  private static final int STEPS = 300;
  private static final int KEYS = 25;
  private static final List<String> QUERIES =
      List.of(
          "SELECT _id, doc FROM docs",
          "SELECT m.key, e, COUNT(*) AS c FROM docs, jsonb_each(doc) AS m"
              + " LEFT JOIN LATERAL jsonb_path_query(m.value, '$[*]') AS e ON TRUE"
              + " GROUP BY m.key, e",
          "SELECT _id, k, v FROM docs LEFT JOIN LATERAL jsonb_each_text(doc -> 'list' -> 2) AS m (k, v)"
              + " ON TRUE",
          "SELECT _id, e FROM docs, jsonb_array_elements_text(doc -> 'list') AS e",
          "SELECT _id, t.nr, t.k, t.first FROM docs LEFT JOIN JSON_TABLE(doc, '$.list[*]' COLUMNS ("
              + "nr FOR ORDINALITY, first TEXT PATH '$' DEFAULT 'none' ON ERROR,"
              + " NESTED PATH '$.k' COLUMNS (k INT PATH '$'))) AS t ON TRUE",
          "SELECT t.n, SUM(t.x) AS total FROM docs, JSON_TABLE(doc, '$ ? (@.n < $most || exists(@.x))'"
              + " PASSING length(_id) AS most COLUMNS (n INT, x NUMERIC(9, 6))) AS t GROUP BY t.n",
          "SELECT _type, n, COUNT(*) AS c, MIN(record) AS first FROM recs GROUP BY _type, n",
          "SELECT key, part, n FROM words LEFT JOIN LATERAL"
              + " regexp_split_to_table(value, '[aeiou]') WITH ORDINALITY AS p (part, n) ON TRUE",
          "SELECT m[1] AS letter, COUNT(*) AS c FROM words, regexp_matches(value, '(\\w)', 'g') AS m"
              + " GROUP BY m[1]",
          "SELECT key, unnest(string_to_array(value, 'a')) AS part, generate_series(1, length(key)) AS i"
              + " FROM words",
          "SELECT w.key, i FROM words w, generate_series(1, 2) AS i WHERE i <= length(w.value)",
          "SELECT key, value, expires_at FROM words",
          "SELECT key, value FROM counts",
          "SELECT w.key, d.doc, c.value FROM words w JOIN docs d ON d._id = w.key"
              + " LEFT JOIN counts c ON c.key = w.key");

  @TestFactory
  Stream<DynamicTest> viewEqualsItsQuery() {
    return Seeds.tests(SCENARIOS, ViewsOverModelsPropertyTest::run);
  }

  private static void run(long seed) {
    var random = new SplittableRandom(seed);
    try (var store = new TestStore()) {
      store.database().createBucket("words", BucketOptions.text());
      store.database().createBucket("counts", BucketOptions.counters());
      store.database().createTable("recs");
      store.database().createCollection("docs");
      int created = 0;
      for (int step = 0; step < STEPS; step++) {
        change(store, random);
        if (created < QUERIES.size() && random.nextInt(STEPS / 10) == 0) {
          execute(store, "CREATE MATERIALIZED VIEW v" + created + " AS " + QUERIES.get(created));
          created++;
        }
        if (created > 0 && random.nextInt(20) == 0) {
          check(store, random.nextInt(created), seed);
        }
        if (random.nextInt(STEPS / 3) == 0) {
          store.reopen();
        }
      }
      for (int view = 0; view < created; view++) {
        check(store, view, seed);
      }
    }
  }

  private static void change(TestStore store, SplittableRandom random) {
    switch (random.nextInt(3)) {
      case 0 -> document(store.database().createCollection("docs"), random);
      case 1 -> record(store.database().createTable("recs"), random);
      default -> entry(store.database().bucket("words"), store.database().bucket("counts"), random);
    }
  }

  private static void document(DocumentCollection docs, SplittableRandom random) {
    String id = "k" + random.nextInt(KEYS);
    switch (random.nextInt(5)) {
      case 0 -> docs.delete(id);
      case 1 -> docs.patch(id, Map.<String, Object>of("n", random.nextInt(5)));
      case 2 ->
          docs.replace(id, Map.<String, Object>of("x", random.nextDouble(), "t", "x".repeat(3)));
      default ->
          docs.put(
              id,
              Map.<String, Object>of(
                  "n",
                  random.nextInt(5),
                  "list",
                  List.<Object>of(1, "a", Map.of("k", random.nextInt(3)))));
    }
  }

  private static void record(RecordTable recs, SplittableRandom random) {
    long n = random.nextInt(6);
    switch (random.nextInt(5)) {
      case 0 -> recs.delete(Filter.eq("n", n));
      case 1 -> recs.update(Filter.eq("n", n), Map.<String, Object>of("n", n + 1, "d", 1e20));
      default -> recs.insert("t" + n % 2, Map.<String, Object>of("n", n, "d", random.nextDouble()));
    }
  }

  private static void entry(Bucket words, Bucket counts, SplittableRandom random) {
    String key = "k" + random.nextInt(KEYS);
    switch (random.nextInt(8)) {
      case 0 -> words.delete(key);
      case 1 -> words.compareAndSet(key, null, "new");
      case 2 -> words.put(key, "later", Duration.ofDays(1));
      case 3 -> counts.add(key, random.nextInt(10));
      case 4 -> counts.max(key, random.nextInt(20));
      case 5 -> counts.set(key, random.nextInt(20));
      case 6 -> counts.delete(key);
      default -> words.put(key, "w" + random.nextInt(3));
    }
  }

  private static void check(TestStore store, int view, long seed) {
    assertThat(rows(store, "SELECT * FROM v" + view))
        .as(Seeds.repeat(seed) + "\n" + QUERIES.get(view))
        .isEqualTo(rows(store, QUERIES.get(view)));
  }

  @Test
  void entriesThatEndLeaveTheView() throws InterruptedException {
    try (var store = new TestStore()) {
      Bucket words = store.database().createBucket("words", BucketOptions.text());
      execute(store, "CREATE MATERIALIZED VIEW v AS SELECT key FROM words");
      words.put("kept", "x");
      words.put("gone", "x", Duration.ofMillis(1));
      store.reopen();
      List<String> rows = rows(store, "SELECT * FROM v");
      for (int tries = 0; tries < 200 && rows.size() > 1; tries++) {
        Thread.sleep(100);
        rows = rows(store, "SELECT * FROM v");
      }
      assertThat(rows).containsExactly("[kept]");
    }
  }

  private static void execute(TestStore store, String sql) {
    try (Session session = store.database().session();
        Result result = session.execute(sql)) {
      result.iterator().forEachRemaining(row -> {});
    }
  }

  private static List<String> rows(TestStore store, String sql) {
    try (Session session = store.database().session();
        Result result = session.execute(sql)) {
      var rows = new ArrayList<String>();
      result.forEach(row -> rows.add(Values.texts(row).toString()));
      rows.sort(null);
      return rows;
    }
  }
}
