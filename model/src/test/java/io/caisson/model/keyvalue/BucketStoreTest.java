package io.caisson.model.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.model.TestStore;
import io.caisson.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketStoreTest {
  private static final long SEED = Long.getLong("caisson.seed", System.nanoTime());
  private static final long SECOND = 1_000_000L;
  private static final BucketDefinition BYTES = bucket(1, TypeKind.BYTEA, 0);
  private static final BucketDefinition COUNTERS = bucket(2, TypeKind.BIGINT, 0);
  private static final BucketDefinition ENDING = bucket(3, TypeKind.BYTEA, 10 * SECOND);
  private static final BucketDefinition ENDING_COUNTERS = bucket(4, TypeKind.BIGINT, 10 * SECOND);

  private final TestStore store;
  private final BucketStore buckets;
  private long now = 1_000_000 * SECOND;

  BucketStoreTest(@TempDir Path directory) {
    store = new TestStore(directory);
    buckets = new BucketStore(store.keyspace());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static BucketDefinition bucket(long id, TypeKind values, long ttlMicros) {
    return new BucketDefinition(id, "b" + id, TypeKind.BYTEA, values, ttlMicros);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void change(Consumer<Transaction> body) {
    boolean unused =
        store
            .runner()
            .run(
                tr -> {
                  body.accept(tr);
                  return true;
                });
  }

  private void put(BucketDefinition bucket, String key, Object value, long expires) {
    change(tr -> buckets.put(tr, bucket, new BucketEntry(key(key), value, expires)));
  }

  private @Nullable Object get(BucketDefinition bucket, String key) {
    return store
        .runner()
        .read(tr -> buckets.get(tr, bucket, key(key), now))
        .map(BucketEntry::value)
        .orElse(null);
  }

  private List<byte[]> keys(BucketDefinition bucket, KeySpan span, boolean reverse) {
    return store
        .runner()
        .read(
            tr -> {
              var found = new ArrayList<byte[]>();
              buckets
                  .scan(tr, bucket, span, reverse, now)
                  .forEachRemaining(entry -> found.add(entry.key()));
              return found;
            });
  }

  private int storedKeys() {
    var range = store.keyspace().kv().range();
    return store.runner().read(tr -> tr.getRange(range).asList().join()).size();
  }

  @Test
  void countersCountFromNothingInBothDirections() {
    change(tr -> buckets.change(tr, COUNTERS, key("a"), BucketStore.Change.ADD, 5, now));
    change(tr -> buckets.change(tr, COUNTERS, key("a"), BucketStore.Change.ADD, -7, now));
    assertThat(get(COUNTERS, "a")).isEqualTo(-2L);
    change(tr -> buckets.change(tr, COUNTERS, key("b"), BucketStore.Change.ADD, -1, now));
    assertThat(get(COUNTERS, "b")).isEqualTo(-1L);
    change(tr -> buckets.change(tr, COUNTERS, key("c"), BucketStore.Change.MAX, -4, now));
    assertThat(get(COUNTERS, "c")).isEqualTo(-4L);
    change(tr -> buckets.change(tr, COUNTERS, key("c"), BucketStore.Change.MAX, -9, now));
    assertThat(get(COUNTERS, "c")).isEqualTo(-4L);
    change(
        tr -> buckets.change(tr, COUNTERS, key("c"), BucketStore.Change.MIN, Long.MIN_VALUE, now));
    assertThat(get(COUNTERS, "c")).isEqualTo(Long.MIN_VALUE);
    change(tr -> buckets.change(tr, COUNTERS, key("c"), BucketStore.Change.ADD, -1, now));
    assertThat(get(COUNTERS, "c")).as("wraps around").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTransactionSeesItsOwnChangesOfCounters() {
    long seen =
        store
            .runner()
            .run(
                tr -> {
                  buckets.change(tr, COUNTERS, key("a"), BucketStore.Change.ADD, 5, now);
                  buckets.change(tr, COUNTERS, key("a"), BucketStore.Change.ADD, 6, now);
                  buckets.change(tr, COUNTERS, key("a"), BucketStore.Change.MAX, 20, now);
                  return (Long) buckets.get(tr, COUNTERS, key("a"), now).orElseThrow().value();
                });
    assertThat(seen).isEqualTo(20);
    assertThat(get(COUNTERS, "a")).isEqualTo(20L);
  }

  @Test
  void countersOfManyWritersLoseNothingAndNeverConflict() throws Exception {
    store.faults(FaultPlan.none()); // an injected conflict is none of the counters'
    int threads = 4;
    int times = 100;
    var executor = Executors.newFixedThreadPool(threads);
    try {
      Callable<Integer> adding =
          () -> {
            int attempts = 0;
            for (int i = 0; i < times; i++) {
              try (Transaction tr = store.database().createTransaction(store.executor())) {
                buckets.change(tr, COUNTERS, key("hot"), BucketStore.Change.ADD, 1, now);
                attempts++;
                tr.commit().join();
              }
            }
            return attempts;
          };
      for (var ended : executor.invokeAll(java.util.Collections.nCopies(threads, adding))) {
        assertThat(ended.get()).isEqualTo(times);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(get(COUNTERS, "hot")).isEqualTo((long) threads * times);
  }

  @Test
  void compareAndSetLetsOneOfManyWin() throws Exception {
    int threads = 4;
    int times = 40;
    var executor = Executors.newFixedThreadPool(threads);
    try {
      Callable<Boolean> counting =
          () -> {
            int won = 0;
            while (won < times) {
              byte[] before = (byte[]) get(BYTES, "n");
              int number =
                  before == null ? 0 : Integer.parseInt(new String(before, StandardCharsets.UTF_8));
              var after = new BucketEntry(key("n"), key("" + (number + 1)), BucketEntry.NEVER);
              boolean set =
                  store
                      .runner()
                      .run(tr -> buckets.compareAndSet(tr, BYTES, key("n"), before, after, now));
              won += set ? 1 : 0;
            }
            return true;
          };
      for (var ended : executor.invokeAll(java.util.Collections.nCopies(threads, counting))) {
        assertThat(ended.get()).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(get(BYTES, "n")).isEqualTo(key("" + threads * times));
  }

  @Test
  void entriesEndAtOnceAndAreClearedInPages() {
    for (int i = 0; i < 50; i++) {
      put(ENDING, "k" + i, key("v"), now + (i + 1) * SECOND);
    }
    put(ENDING, "lasting", key("v"), BucketEntry.NEVER);
    put(ENDING, "k0", key("anew"), now + 100 * SECOND);
    put(ENDING, "k1", key("anew"), BucketEntry.NEVER);
    now += 20 * SECOND;
    assertThat(keys(ENDING, KeySpan.ALL, false)).hasSize(33);
    assertThat(get(ENDING, "k5")).isNull();
    assertThat(get(ENDING, "k19")).as("the moment itself is over").isNull();
    assertThat(get(ENDING, "k20")).isNotNull();
    int before = storedKeys();
    int looked = 0;
    int page;
    do {
      page = store.runner().run(tr -> buckets.clearEnded(tr, ENDING, now, 7));
      looked += page;
    } while (page == 7);
    assertThat(looked).isEqualTo(20);
    assertThat(storedKeys()).isEqualTo(before - 20 - 18);
    assertThat(keys(ENDING, KeySpan.ALL, false)).hasSize(33);
    assertThat(get(ENDING, "k0")).isEqualTo(key("anew"));
    assertThat(get(ENDING, "k1")).isEqualTo(key("anew"));
    var next = store.runner().read(tr -> buckets.nextEnd(tr, ENDING));
    assertThat(next).hasValue(now + SECOND);
  }

  @Test
  void aCountersTimeBeginsWithItAndStartsAnewAfterItsEnd() {
    change(tr -> buckets.change(tr, ENDING_COUNTERS, key("a"), BucketStore.Change.ADD, 1, now));
    now += 6 * SECOND;
    change(tr -> buckets.change(tr, ENDING_COUNTERS, key("a"), BucketStore.Change.ADD, 1, now));
    assertThat(get(ENDING_COUNTERS, "a")).isEqualTo(2L);
    now += 4 * SECOND;
    assertThat(get(ENDING_COUNTERS, "a")).isNull();
    change(tr -> buckets.change(tr, ENDING_COUNTERS, key("a"), BucketStore.Change.ADD, 1, now));
    assertThat(get(ENDING_COUNTERS, "a")).isEqualTo(1L);
  }

  @Test
  void anEndedEntryCountsAsNoneForCompareAndSet() {
    put(ENDING, "k", key("v"), now + SECOND);
    now += SECOND;
    var after = new BucketEntry(key("k"), key("w"), BucketEntry.NEVER);
    boolean wrong =
        store.runner().run(tr -> buckets.compareAndSet(tr, ENDING, key("k"), key("v"), after, now));
    boolean right =
        store.runner().run(tr -> buckets.compareAndSet(tr, ENDING, key("k"), null, after, now));
    assertThat(List.of(wrong, right)).containsExactly(false, true);
    assertThat(get(ENDING, "k")).isEqualTo(key("w"));
    boolean removed =
        store.runner().run(tr -> buckets.compareAndSet(tr, ENDING, key("k"), key("w"), null, now));
    assertThat(removed).isTrue();
    assertThat(get(ENDING, "k")).isNull();
  }

  @Test
  void watchesTellOfChanges() throws Exception {
    CompletableFuture<Void> changed = store.runner().run(tr -> buckets.watch(tr, BYTES, key("k")));
    assertThat(changed).isNotDone();
    put(BYTES, "other", key("v"), BucketEntry.NEVER);
    put(BYTES, "k", key("v"), BucketEntry.NEVER);
    var unused = changed.get(10, TimeUnit.SECONDS);
    assertThat(changed).isCompleted();
  }

  @Test
  void formsThatABucketDoesNotHoldAreErrors() {
    var text = new BucketDefinition(9, "t", TypeKind.TEXT, TypeKind.TEXT, 0);
    byte[] half = {(byte) 0xC3};
    assertState(
        SqlState.INVALID_TEXT,
        tr -> buckets.put(tr, text, new BucketEntry(key("k"), half, BucketEntry.NEVER)));
    assertState(
        SqlState.INVALID_TEXT,
        tr -> buckets.put(tr, text, new BucketEntry(half, key("v"), BucketEntry.NEVER)));
    assertState(
        SqlState.WRONG_OBJECT_TYPE,
        tr -> buckets.put(tr, text, new BucketEntry(key("k"), 5L, BucketEntry.NEVER)));
    assertState(
        SqlState.WRONG_OBJECT_TYPE,
        tr -> buckets.change(tr, text, key("k"), BucketStore.Change.ADD, 1, now));
    assertState(
        SqlState.ROW_TOO_LARGE,
        tr -> buckets.put(tr, BYTES, new BucketEntry(key("k"), new byte[100_000], now)));
    assertState(
        SqlState.ROW_TOO_LARGE,
        tr -> buckets.change(tr, COUNTERS, new byte[9_999], BucketStore.Change.ADD, 1, now));
  }

  private void assertState(SqlState state, Consumer<Transaction> body) {
    assertThatThrownBy(() -> change(body))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  @Test
  void aBucketIsASortedMapWhateverHappensBelow() {
    System.out.println("BucketStoreTest -Dcaisson.seed=" + SEED);
    var random = new SplittableRandom(SEED);
    var model = new TreeMap<byte[], BucketEntry>(Arrays::compareUnsigned);
    store.database().faults(FaultPlan.everywhere(SEED, 0.02));
    for (int round = 0; round < 600; round++) {
      byte[] key = randomKey(random);
      switch (random.nextInt(4)) {
        case 0 -> {
          change(tr -> buckets.delete(tr, BYTES, key));
          model.remove(key);
        }
        case 1 -> now += random.nextLong(2 * SECOND);
        default -> {
          long expires =
              random.nextBoolean() ? BucketEntry.NEVER : now + 1 + random.nextLong(20 * SECOND);
          var entry = new BucketEntry(key, randomKey(random), expires);
          change(tr -> buckets.put(tr, BYTES, entry));
          model.put(key, entry);
        }
      }
      if (random.nextInt(10) == 0) {
        int unused = store.runner().run(tr -> buckets.clearEnded(tr, BYTES, now, 5));
      }
      model.values().removeIf(entry -> entry.isOver(now));
      compare(random, model);
    }
  }

  private void compare(SplittableRandom random, Map<byte[], BucketEntry> model) {
    byte[] prefix = random.nextBoolean() ? new byte[0] : randomKey(random);
    byte[] from = randomKey(random);
    byte[] to = randomKey(random);
    boolean first = random.nextBoolean();
    boolean last = random.nextBoolean();
    boolean reverse = random.nextBoolean();
    var span = new KeySpan(prefix, new KeySpan.Bound(from, first), new KeySpan.Bound(to, last));
    Comparator<byte[]> order = Arrays::compareUnsigned;
    List<byte[]> expected =
        model.keySet().stream()
            .filter(key -> Arrays.compareUnsigned(key, from) >= (first ? 0 : 1))
            .filter(key -> Arrays.compareUnsigned(key, to) <= (last ? 0 : -1))
            .filter(
                key ->
                    key.length >= prefix.length
                        && Arrays.equals(Arrays.copyOf(key, prefix.length), prefix))
            .sorted(reverse ? order.reversed() : order)
            .toList();
    List<byte[]> found = keys(BYTES, span, reverse);
    assertThat(found.stream().map(Arrays::toString).toList())
        .isEqualTo(expected.stream().map(Arrays::toString).toList());
  }

  /** Short keys of few bytes, among them those that tuples escape. */
  private static byte[] randomKey(SplittableRandom random) {
    byte[] key = new byte[random.nextInt(4)];
    for (int i = 0; i < key.length; i++) {
      key[i] =
          (byte)
              switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 0xFF;
                case 2 -> 1;
                default -> 'a';
              };
    }
    return key;
  }
}
