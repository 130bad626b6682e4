package io.caisson.tests.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Bucket;
import io.caisson.BucketOptions;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.type.TypeKind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BucketTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private static void assertState(SqlState state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  @Test
  void textsComeBackByTheirKeys() {
    Bucket sessions = store.database().createBucket("sessions");
    sessions.put("user:1", "one");
    sessions.put("user:2", "two");
    sessions.put("user:10", "ten");
    sessions.put("admin", "root");
    assertThat(sessions.get("user:1")).contains("one");
    assertThat(sessions.get("user:3")).isEmpty();
    sessions.put("user:1", "uno");
    sessions.delete("user:2");
    sessions.delete("user:2");
    assertThat(sessions.scan().execute().stream().map(Bucket.Entry::keyText))
        .containsExactly("admin", "user:1", "user:10");
    assertThat(sessions.scan().prefix("user:").reverse().limit(1).execute())
        .singleElement()
        .satisfies(entry -> assertThat(entry.valueText()).isEqualTo("ten"));
    assertThat(
            sessions.scan().from("b").to("user:10").execute().stream().map(Bucket.Entry::keyText))
        .containsExactly("user:1");
    assertThat(sessions.scan().prefix("user:").count()).isEqualTo(2);
    store.reopen();
    assertThat(store.database().bucket("sessions").get("user:1")).contains("uno");
    assertState(
        SqlState.INVALID_PARAMETER, () -> store.database().bucket("sessions").scan().limit(-1));
    assertState(SqlState.UNDEFINED_OBJECT, () -> store.database().bucket("none"));
  }

  @Test
  void onlyTheExpectedValueIsReplaced() {
    Bucket sessions = store.database().createBucket("sessions");
    assertThat(sessions.compareAndSet("k", null, "a")).isTrue();
    assertThat(sessions.compareAndSet("k", null, "b")).isFalse();
    assertThat(sessions.compareAndSet("k", "x", "b")).isFalse();
    assertThat(sessions.compareAndSet("k", "a", "b")).isTrue();
    assertThat(sessions.get("k")).contains("b");
    assertThat(sessions.compareAndSet("k", "b", null)).isTrue();
    assertThat(sessions.get("k")).isEmpty();
  }

  @Test
  void countersCount() {
    Bucket hits = store.database().createBucket("hits", BucketOptions.counters());
    assertThat(hits.counter("home")).isEqualTo(OptionalLong.empty());
    hits.add("home", 5);
    hits.add("home", -2);
    assertThat(hits.counter("home")).hasValue(3);
    hits.max("home", 10);
    hits.min("home", 7);
    assertThat(hits.counter("home")).hasValue(7);
    hits.set("home", -1);
    assertThat(hits.scan().execute())
        .singleElement()
        .satisfies(entry -> assertThat(entry.value()).isEqualTo(-1L));
    assertState(SqlState.WRONG_OBJECT_TYPE, () -> hits.get("home"));
    assertState(SqlState.WRONG_OBJECT_TYPE, () -> hits.put("home", "x"));
    Bucket texts = store.database().createBucket("texts");
    assertState(SqlState.WRONG_OBJECT_TYPE, () -> texts.counter("home"));
    assertState(SqlState.WRONG_OBJECT_TYPE, () -> texts.set("home", 1));
    assertState(SqlState.WRONG_OBJECT_TYPE, () -> texts.add("home", 1));
  }

  @Test
  void entriesEndByThemselvesAndTheirBytesGo() throws Exception {
    Bucket sessions =
        store
            .database()
            .createBucket("sessions", BucketOptions.text().withTimeToLive(Duration.ofHours(1)));
    sessions.put("long", "x");
    sessions.put("short", "y", Duration.ofMillis(200));
    CompletableFuture<Void> cleared = sessions.watch("short");
    Bucket.Entry entry = sessions.scan().prefix("long").execute().get(0);
    assertThat(entry.expiresAt()).isNotNull();
    var unused = cleared.get(20, TimeUnit.SECONDS);
    assertThat(sessions.get("short")).isEmpty();
    assertThat(sessions.scan().execute()).hasSize(1);
    assertState(SqlState.INVALID_PARAMETER, () -> sessions.put("k", "v", Duration.ZERO));
    assertState(SqlState.INVALID_PARAMETER, () -> sessions.put("k", "v", Duration.ofSeconds(-1)));
  }

  @Test
  void watchesTellOfChanges() throws Exception {
    Bucket sessions = store.database().createBucket("sessions");
    CompletableFuture<Void> changed = sessions.watch("k");
    sessions.put("k", "v");
    var unused = changed.get(10, TimeUnit.SECONDS);
    assertThat(changed).isCompleted();
  }

  @Test
  void aBucketOfBytesHoldsAnyBytesAndOneOfTextOnlyText() {
    byte[] bytes = {0, (byte) 0xFF, 0};
    Bucket raw = store.database().createBucket("raw", BucketOptions.bytes());
    raw.put(bytes, bytes);
    assertThat(raw.get(bytes)).contains(bytes);
    assertThat(raw.scan().prefix(new byte[] {0, (byte) 0xFF}).count()).isEqualTo(1);
    Bucket text = store.database().createBucket("text");
    assertState(SqlState.INVALID_TEXT, () -> text.put(bytes, new byte[0]));
    assertState(
        SqlState.INVALID_PARAMETER,
        () ->
            store
                .database()
                .createBucket("odd", new BucketOptions(TypeKind.BIGINT, TypeKind.TEXT, null)));
    assertThat(List.of(raw.name(), text.name())).containsExactly("raw", "text");
  }
}
