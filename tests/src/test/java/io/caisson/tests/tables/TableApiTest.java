package io.caisson.tests.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.Table;
import io.caisson.error.CaissonException;
import io.caisson.tests.TestStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables without SQL answer, check and refuse as SQL does. */
class TableApiTest {
  private final TestStore store = new TestStore();
  private final Database database = store.database();
  private final Session session = database.session();

  @BeforeEach
  void create() {
    run(
        "CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT NOT NULL, plan TEXT DEFAULT 'free',"
            + " age INTEGER CHECK (age >= 0), label TEXT GENERATED ALWAYS AS (upper(name)) STORED)");
    run("CREATE UNIQUE INDEX by_name ON users (name)");
  }

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  private void run(String sql) {
    try (Result result = session.execute(sql)) {
      result.iterator().forEachRemaining(row -> {});
    }
  }

  private static Map<String, @Nullable Object> values(Object... namesAndValues) {
    var values = new HashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }

  private static void assertFails(ThrowingCallable call, String state) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state().code()).isEqualTo(state));
  }

  @Test
  void rowsAreInsertedFoundChangedAndDeleted() {
    Table users = database.table("users");
    assertThat(users.insert(values("id", 1, "name", "Ann")))
        .hasToString("{id=1, name=Ann, plan=free, age=null, label=ANN}");
    assertThat(users.get(1L)).get().hasToString("{id=1, name=Ann, plan=free, age=null, label=ANN}");
    assertThat(users.get(2L)).isEmpty();
    assertThat(users.update(values("age", 30L, "name", "Anna"), 1)).isTrue();
    assertThat(users.update(values("age", 30L), 2)).isFalse();
    assertThat(users.get(1)).get().hasToString("{id=1, name=Anna, plan=free, age=30, label=ANNA}");
    var change = values("id", 1);
    change.put("plan", null);
    assertThat(users.upsert(change))
        .hasToString("{id=1, name=Anna, plan=null, age=30, label=ANNA}");
    assertThat(users.upsert(values("id", 5, "name", "Eve")))
        .hasToString("{id=5, name=Eve, plan=free, age=null, label=EVE}");
    assertThat(users.delete(1)).isTrue();
    assertThat(users.delete(1)).isFalse();
    assertThat(users.scan().toList()).hasSize(1);
  }

  @Test
  void whatSqlRefusesIsRefused() {
    Table users = database.table("users");
    users.insert(values("id", 1, "name", "Ann"));
    assertFails(() -> users.insert(values("id", 1, "name", "Bo")), "23505");
    assertFails(() -> users.insert(values("id", 2, "name", "Ann")), "23505");
    assertFails(() -> users.insert(values("id", 2)), "23502");
    assertFails(() -> users.insert(values("id", 2, "name", "Bo", "age", -1)), "23514");
    assertFails(() -> users.insert(values("id", 2, "name", "Bo", "label", "x")), "428C9");
    assertFails(() -> users.insert(values("id", "2", "name", "Bo")), "42804");
    assertFails(() -> users.insert(values("id", 2, "name", 7)), "42804");
    assertFails(() -> users.insert(values("id", 2, "name", "Bo", "age", 1L << 40)), "22003");
    assertFails(() -> users.insert(values("id", 2, "nick", "Bo")), "42703");
    assertFails(() -> users.get("1"), "42804");
    assertFails(() -> users.get(1, 2), "42804");
    assertFails(() -> database.table("nobody"), "42P01");
    run("CREATE STREAM s (a BIGINT)");
    assertFails(() -> database.table("s"), "42809");
    assertThat(users.scan().toList()).hasSize(1);
  }

  @Test
  void rangesAreInKeyOrder() {
    run("CREATE TABLE seats (hall TEXT, seat INTEGER, note TEXT, PRIMARY KEY (hall, seat))");
    Table seats = database.table("seats");
    for (int seat : new int[] {3, 1, 20, -4}) {
      seats.insert(values("hall", "a", "seat", seat));
      seats.insert(values("hall", "b", "seat", seat));
    }
    assertThat(numbers(seats.scan("a"))).containsExactly(-4L, 1L, 3L, 20L);
    assertThat(numbers(seats.range(1, 20, "b"))).containsExactly(1L, 3L);
    assertThat(numbers(seats.range(null, 3, "b"))).containsExactly(-4L, 1L);
    assertThat(numbers(seats.range("b", null))).containsExactly(-4L, 1L, 3L, 20L);
    assertFails(() -> seats.range(1, 2, "a", 3), "42804");
  }

  private static List<Long> numbers(Result rows) {
    return rows.toList().stream().map(row -> row.getLong("seat")).toList();
  }

  @Test
  void whatIsReferredToStaysOrTakesAlongWhoRefersToIt() {
    run("CREATE TABLE parents (id BIGINT PRIMARY KEY, code TEXT UNIQUE)");
    run("CREATE TABLE strict (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES parents)");
    run(
        "CREATE TABLE loose (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES parents ON DELETE SET"
            + " NULL, code TEXT REFERENCES parents (code) ON DELETE SET NULL ON UPDATE CASCADE)");
    run(
        "CREATE TABLE gone (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES parents ON DELETE"
            + " CASCADE, up BIGINT REFERENCES gone ON DELETE CASCADE)");
    Table parents = database.table("parents");
    parents.insert(values("id", 1, "code", "one"));
    parents.insert(values("id", 2, "code", "two"));
    database.table("strict").insert(values("id", 1, "parent", 1));
    database.table("loose").insert(values("id", 1, "parent", 2, "code", "two"));
    database.table("gone").insert(values("id", 1, "parent", 2));
    database.table("gone").insert(values("id", 2, "up", 1));
    assertFails(() -> parents.delete(1), "23503");
    assertFails(() -> parents.update(values("id", 9), 1), "23503");
    parents.update(values("code", "zwei"), 2);
    assertThat(database.table("loose").get(1)).get().hasToString("{id=1, parent=2, code=zwei}");
    assertThat(parents.delete(2)).isTrue();
    assertThat(database.table("loose").get(1)).get().hasToString("{id=1, parent=null, code=null}");
    assertThat(database.table("gone").scan().toList()).isEmpty();
    assertThat(database.table("strict").delete(1)).isTrue();
    assertThat(parents.delete(1)).isTrue();
  }

  @Test
  void anAlteredTableIsTheNewTable() {
    Table users = database.table("users");
    users.insert(values("id", 1, "name", "Ann"));
    run("ALTER TABLE users ADD COLUMN city TEXT DEFAULT 'Rome'");
    assertThat(users.get(1).orElseThrow().get("city")).isEqualTo("Rome");
    run("ALTER TABLE users RENAME COLUMN city TO town");
    assertThat(users.update(values("town", "Bonn"), 1)).isTrue();
    assertThat(users.get(1).orElseThrow().get("town")).isEqualTo("Bonn");
  }

  @Test
  void aDefinitionIsShownAsTheStatementThatMakesIt() {
    run("CREATE TABLE codes (code INTEGER PRIMARY KEY, UNIQUE (code))");
    run(
        "CREATE TABLE items (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, \"Code\" INTEGER"
            + " REFERENCES codes ON DELETE CASCADE, n INTEGER DEFAULT 3 NOT NULL, m BIGINT GENERATED"
            + " ALWAYS AS (n * 2) STORED, CONSTRAINT small CHECK (n < 100), UNIQUE (n, m))");
    run("CREATE INDEX by_m ON items (m DESC, (n + 1) NULLS FIRST) INCLUDE (n)");
    String shown = shown("items");
    run("DROP TABLE items");
    Arrays.stream(shown.split(";\n")).forEach(this::run);
    assertThat(shown("items")).isEqualTo(shown);
    assertThat(shown).contains("CONSTRAINT small CHECK (n < 100)", "ON DELETE CASCADE", "by_m");
  }

  private String shown(String table) {
    return String.valueOf(
        session.execute("SHOW CREATE TABLE " + table).toList().get(0).get("statement"));
  }
}
