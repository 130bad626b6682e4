package io.caisson.tests.models;

import static io.caisson.Filter.and;
import static io.caisson.Filter.eq;
import static io.caisson.Filter.exists;
import static io.caisson.Filter.ge;
import static io.caisson.Filter.gt;
import static io.caisson.Filter.in;
import static io.caisson.Filter.le;
import static io.caisson.Filter.like;
import static io.caisson.Filter.lt;
import static io.caisson.Filter.ne;
import static io.caisson.Filter.not;
import static io.caisson.Filter.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.DocumentCollection;
import io.caisson.Filter;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // stumbles over the types of lists of different things
class DocumentCollectionTest {
  private static final long SEED = Long.getLong("caisson.seed", System.nanoTime());

  private final TestStore store = new TestStore();
  private final DocumentCollection carts = store.database().createCollection("carts");

  @AfterEach
  void close() {
    store.close();
  }

  private static void assertState(SqlState state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  private List<Object> ids(Filter... conditions) {
    return carts.find(conditions).execute().stream().<Object>map(d -> d.get("_id")).toList();
  }

  private void insertSome() {
    carts.putJson(
        "a", "{\"user\": {\"name\": \"ann\", \"age\": 30}, \"total\": 12.50, \"paid\": true}");
    carts.putJson(
        "b", "{\"user\": {\"name\": \"bo\", \"age\": 41}, \"total\": 7, \"tags\": [\"x\", \"y\"]}");
    carts.putJson("c", "{\"user\": {\"name\": \"Åsa\", \"age\": null}, \"total\": \"12.5\"}");
    carts.putJson("d", "{}");
  }

  @Test
  void documentsAreMapsWithTheirId() {
    String id = carts.insert(Map.of("user", "ann", "items", List.of(Map.of("sku", "x", "n", 2))));
    assertThat(carts.get(id))
        .contains(Map.of("_id", id, "user", "ann", "items", List.of(Map.of("sku", "x", "n", 2L))));
    assertThat(carts.getJson(id).orElseThrow())
        .isEqualTo(
            "{\"_id\": \""
                + id
                + "\", \"user\": \"ann\", \"items\": [{\"n\": 2, \"sku\": \"x\"}]}");
    assertThat(carts.insert(Map.of("_id", "mine"))).isEqualTo("mine");
    assertThat(carts.get("mine")).contains(Map.of("_id", "mine"));
    assertThat(carts.get("nobody's")).isEmpty();
    assertState(SqlState.UNIQUE_VIOLATION, () -> carts.insertJson("{\"_id\": \"mine\"}"));
    assertState(SqlState.INVALID_PARAMETER, () -> carts.insertJson("{\"_id\": 5}"));
    assertState(SqlState.INVALID_PARAMETER, () -> carts.put("x", Map.of("_id", "y")));
    assertState(SqlState.INVALID_TEXT, () -> carts.insertJson("{\"a\": }"));
    assertState(SqlState.INVALID_TEXT, () -> carts.insertJson("[]"));
    assertState(SqlState.DATATYPE_MISMATCH, () -> carts.insert(Map.of("a", new Object())));
    assertState(SqlState.ROW_TOO_LARGE, () -> carts.insert(Map.of("a", "x".repeat(9_000_000))));
  }

  @Test
  void generatedIdsAreInTheOrderOfInsertion() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      ids.add(carts.insert(Map.of("n", i)));
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids()).isEqualTo(ids);
  }

  @Test
  void changesSayWhetherThereWasADocument() {
    assertThat(carts.put("a", Map.of("n", 1))).isFalse();
    assertThat(carts.put("a", Map.of("n", 2, "m", Map.of("x", 1, "y", 2)))).isTrue();
    assertThat(carts.replace("b", Map.of())).isFalse();
    assertThat(carts.get("b")).isEmpty();
    assertThat(carts.patchJson("a", "{\"n\": null, \"m\": {\"x\": 9}, \"new\": [1]}")).isTrue();
    assertThat(carts.get("a"))
        .contains(Map.of("_id", "a", "m", Map.of("x", 9L, "y", 2L), "new", List.of(1L)));
    assertState(SqlState.INVALID_PARAMETER, () -> carts.patch("a", Map.of("_id", "z")));
    assertThat(carts.patch("b", Map.of("n", 1))).isFalse();
    assertThat(carts.replace("a", Map.of("only", true))).isTrue();
    assertThat(carts.get("a")).contains(Map.of("_id", "a", "only", true));
    assertThat(carts.delete("a")).isTrue();
    assertThat(carts.delete("a")).isFalse();
    assertThat(carts.count()).isZero();
  }

  @Test
  void conditionsCompareValuesOfOneKind() {
    insertSome();
    assertThat(ids(eq("total", 12.5))).containsExactly("a");
    assertThat(ids(eq("total", "12.5"))).containsExactly("c");
    assertThat(ids(gt("total", 7))).containsExactly("a");
    assertThat(ids(ge("total", 7))).containsExactly("a", "b");
    assertThat(ids(lt("total", "2"))).containsExactly("c");
    assertThat(ids(le("user.age", 30L), gt("user.age", 1))).containsExactly("a");
    assertThat(ids(eq("user.age", null))).containsExactly("c", "d");
    assertThat(ids(exists("user.age"))).containsExactly("a", "b");
    assertThat(ids(ne("user.name", "bo"))).containsExactly("a", "c", "d");
    assertThat(ids(in("user.name", List.of("bo", "Åsa", 3)))).containsExactly("b", "c");
    assertThat(ids(like("user.name", "%s_"))).containsExactly("c");
    assertThat(ids(eq("tags[1]", "y"))).containsExactly("b");
    assertThat(ids(eq("tags", List.of("x", "y")))).containsExactly("b");
    assertThat(ids(eq("user", Map.of("name", "bo", "age", 41)))).containsExactly("b");
    assertThat(ids(or(eq("paid", true), eq("_id", "d")))).containsExactly("a", "d");
    assertThat(ids(not(and(exists("user"), exists("total"))))).containsExactly("d");
    assertState(SqlState.INVALID_NAME, () -> carts.find(eq("a..b", 1)));
    assertState(SqlState.INVALID_ESCAPE, () -> carts.find(like("a", "x\\")));
  }

  @Test
  void foundDocumentsHaveAnOrderAndALimit() {
    insertSome();
    var query = carts.find().orderBy("total").orderByDescending("_id");
    assertThat(query.execute().stream().map(d -> d.get("_id"))).containsExactly("b", "a", "c", "d");
    assertThat(
            carts.find().orderByDescending("user.age").limit(2).execute().stream()
                .map(d -> d.get("_id")))
        .containsExactly("c", "d");
    assertThat(carts.find(exists("total")).orderBy("user.name").first().orElseThrow())
        .containsEntry("_id", "a");
    assertThat(carts.find(exists("total")).limit(2).count()).isEqualTo(2);
    assertThat(carts.find().limit(0).execute()).isEmpty();
    assertState(SqlState.INVALID_PARAMETER, () -> carts.find().limit(-1));
  }

  @Test
  void foundDocumentsCanBeChangedTogether() {
    for (int i = 0; i < 300; i++) {
      carts.put("d" + i, Map.of("n", i, "pad", "x".repeat(5_000)));
    }
    assertThat(carts.find(ge("n", 100)).patch(Map.of("big", true))).isEqualTo(200);
    assertThat(carts.find(eq("big", true)).count()).isEqualTo(200);
    assertThat(carts.find(eq("big", true)).orderBy("n").limit(3).delete()).isEqualTo(3);
    assertThat(carts.find(lt("n", 103), ge("n", 99)).count()).isEqualTo(1);
    assertThat(carts.find(lt("n", 200)).delete()).isEqualTo(197);
    assertThat(carts.count()).isEqualTo(100);
  }

  @Test
  void anIndexFindsWhatAScanFinds() {
    System.out.println("DocumentCollectionTest -Dcaisson.seed=" + SEED);
    var random = new SplittableRandom(SEED);
    carts.createIndex("by_a", "a");
    for (int i = 0; i < 150; i++) {
      change(random, carts);
    }
    carts.createIndex("by_b", "m.b");
    assertThat(carts.indexes()).isEqualTo(Map.of("by_a", "a", "by_b", "m.b"));
    store.reopen();
    DocumentCollection again = store.database().collection("carts");
    for (int i = 0; i < 60; i++) {
      change(random, again);
      Filter condition = and(condition(random, "a"), condition(random, "m.b"));
      assertThat(again.find(condition).execute())
          .as("%s", condition)
          .isEqualTo(again.find(not(not(condition))).execute());
      assertThat(again.find(condition(random, "a")).count()).isNotNegative();
    }
    assertThat(again.dropIndex("by_a")).isTrue();
    assertThat(again.dropIndex("by_a")).isFalse();
    assertThat(again.indexes()).containsOnlyKeys("by_b");
    again.createIndex("by_b", "m.b");
    assertState(SqlState.DUPLICATE_OBJECT, () -> again.createIndex("by_b", "c"));
    assertState(SqlState.INVALID_NAME, () -> again.createIndex("by_c", "."));
  }

  private static void change(SplittableRandom random, DocumentCollection collection) {
    String id = "d" + random.nextInt(40);
    var document = new HashMap<String, Object>();
    if (random.nextInt(4) > 0) {
      document.put("a", value(random));
    }
    document.put("m", Map.of("b", value(random)));
    boolean unused =
        switch (random.nextInt(4)) {
          case 0 -> collection.delete(id);
          case 1 -> collection.patch(id, document);
          default -> collection.put(id, document);
        };
  }

  private static Object value(SplittableRandom random) {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextInt(5);
      case 1 -> random.nextInt(20) / 4.0;
      case 2 -> (1L << 60) + random.nextInt(3);
      case 3 -> random.nextBoolean();
      case 4 -> List.of(random.nextInt(2));
      case 5 -> "long".repeat(100) + random.nextInt(3);
      default -> List.of("", "a", "b", "ab", "é", "🦀").get(random.nextInt(6));
    };
  }

  private static Filter condition(SplittableRandom random, String path) {
    return switch (random.nextInt(7)) {
      case 0 -> eq(path, value(random));
      case 1 -> in(path, List.of(value(random), value(random)));
      case 2 -> gt(path, value(random));
      case 3 -> and(ge(path, value(random)), lt(path, value(random)));
      case 4 -> le(path, value(random));
      case 5 -> eq(path, null);
      default -> exists(path);
    };
  }

  @Test
  void anIndexIsBuiltWhileTheCollectionIsWrittenTo() throws Exception {
    for (int i = 0; i < 200; i++) {
      carts.put("d" + i, Map.of("n", i % 10, "pad", "x".repeat(4_000)));
    }
    var writer =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                carts.put("d" + i, Map.of("n", i % 7));
              }
            });
    writer.start();
    carts.createIndex("by_n", "n");
    writer.join();
    for (int n = 0; n < 10; n++) {
      assertThat(ids(eq("n", n)))
          .isEqualTo(ids(not(ne("n", n))))
          .hasSize(n < 4 ? 29 : n < 7 ? 28 : 0);
    }
  }

  @Test
  void namesBelongToOneKindAndCollectionsMustExist() {
    assertState(SqlState.UNDEFINED_OBJECT, () -> store.database().collection("none"));
    assertState(SqlState.WRONG_OBJECT_TYPE, () -> store.database().bucket("carts"));
    assertState(SqlState.WRONG_OBJECT_TYPE, () -> store.database().createTable("carts"));
    carts.put("a", Map.of("n", 1));
    assertThat(store.database().createCollection("carts").count()).isEqualTo(1);
    try (Session session = store.database().session()) {
      session.execute("DROP COLLECTION carts").close();
    }
    assertState(SqlState.UNDEFINED_OBJECT, () -> carts.put("b", Map.of()));
  }
}
