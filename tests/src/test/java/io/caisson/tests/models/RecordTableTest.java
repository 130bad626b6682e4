package io.caisson.tests.models;

import static io.caisson.Filter.and;
import static io.caisson.Filter.eq;
import static io.caisson.Filter.exists;
import static io.caisson.Filter.gt;
import static io.caisson.Filter.in;
import static io.caisson.Filter.like;
import static io.caisson.Filter.lt;
import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.RecordTable;
import io.caisson.Row;
import io.caisson.tests.TestStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // stumbles over the types of lists of different things
class RecordTableTest {
  private final TestStore store = new TestStore();
  private final RecordTable stream = store.database().createTable("stream");

  @AfterEach
  void close() {
    store.close();
  }

  private void insertSome() {
    for (int i = 0; i < 10; i++) {
      stream.insert(
          i % 2 == 0 ? "event" : "note",
          Map.of("n", i, "name", "name " + (char) ('a' + i), "inner", Map.of("even", i % 2 == 0)));
    }
    stream.insert("odd", Map.of("name", 7));
  }

  private static List<Object> numbers(List<Row> rows) {
    return rows.stream().<Object>map(row -> row.getLong("n")).toList();
  }

  @Test
  void conditionsHaveManyForms() {
    insertSome();
    assertThat(numbers(stream.select("n").where("n", 3).execute())).containsExactly(3L);
    assertThat(numbers(stream.select("n").where(and(gt("n", 2), lt("n", 5.5))).execute()))
        .containsExactly(3L, 4L, 5L);
    assertThat(numbers(stream.select("n").where(in("n", List.of(1, 9.0, "3"))).execute()))
        .containsExactly(1L, 9L);
    assertThat(numbers(stream.select("n").where(like("name", "%c")).execute())).containsExactly(2L);
    assertThat(stream.select().where(eq("inner.even", true)).ofType("event").count()).isEqualTo(5);
    assertThat(stream.select().where(exists("n")).count()).isEqualTo(10);
    assertThat(stream.select().limit(3).count()).isEqualTo(3);
    assertThat(stream.count()).isEqualTo(11);
  }

  @Test
  void orderGoesBothWaysAndALimitTakesTheFirst() {
    insertSome();
    assertThat(
            numbers(
                stream.select("n").where(exists("n")).orderByDescending("n").limit(2).execute()))
        .containsExactly(9L, 8L);
    assertThat(
            numbers(
                stream
                    .select("n")
                    .where(exists("n"))
                    .orderBy("inner")
                    .orderBy("n")
                    .limit(2)
                    .execute()))
        .containsExactly(1L, 3L);
    assertThat(stream.select("name").orderByDescending("name").execute().get(0).get("name"))
        .isEqualTo("name j");
  }

  @Test
  void recordsThatFulfilAConditionAreChangedAndRemoved() {
    for (int i = 0; i < 400; i++) {
      stream.insert("event", Map.of("n", i, "pad", "x".repeat(3_000)));
    }
    assertThat(stream.update(gt("n", 199), Map.of("big", true, "pad", ""))).isEqualTo(200);
    assertThat(stream.select().where(eq("big", true)).count()).isEqualTo(200);
    assertThat(stream.delete(lt("n", 150))).isEqualTo(150);
    assertThat(numbers(stream.select("n").limit(1).execute())).containsExactly(150L);
    assertThat(stream.count()).isEqualTo(250);
    assertThat(stream.delete(eq("no", "such"))).isZero();
  }
}
