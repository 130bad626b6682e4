package io.caisson.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.catalog.RecordTableDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.TestStore;
import io.caisson.time.Clock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordStoreTest {
  private static final RecordTableDefinition TABLE = new RecordTableDefinition(1, "stream");

  private final TestStore store;
  private final RecordStore records;
  private final RecordIds ids = new RecordIds(Clock.system());

  RecordStoreTest(@TempDir Path directory) {
    store = new TestStore(directory);
    records = new RecordStore(store.keyspace());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private RecordId insert(String type, Map<String, ? extends @Nullable Object> fields) {
    RecordId id = ids.next();
    store
        .runner()
        .run(
            tr -> {
              records.insert(tr, TABLE, id, type, fields);
              return true;
            });
    return id;
  }

  private List<StoredRecord> scan() {
    return store
        .runner()
        .read(
            tr -> {
              var found = new ArrayList<StoredRecord>();
              records.scan(tr, TABLE).forEachRemaining(found::add);
              return found;
            });
  }

  @Test
  void fieldsKeepTheirOrderAndTypes() {
    var inner = new LinkedHashMap<String, @Nullable Object>();
    inner.put("z", 1L);
    inner.put("a", null);
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("timestamp", 1514764800L);
    fields.put("type", "Grüße 🦀");
    fields.put("small", 7);
    fields.put("price", -0.0);
    fields.put("nan", Double.NaN);
    fields.put("paid", true);
    fields.put("free", false);
    fields.put("nothing", null);
    fields.put("", "");
    fields.put("list", Arrays.asList(1L, "x", null, List.of(2.5), inner));
    fields.put("map", inner);
    insert("event", fields);
    StoredRecord record = scan().get(0);
    fields.put("small", 7L);
    assertThat(record.type()).isEqualTo("event");
    assertThat(record.fields()).isEqualTo(fields);
    assertThat(record.fields().keySet()).containsExactlyElementsOf(fields.keySet());
    assertThatThrownBy(() -> record.fields().put("more", 1L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void recordsAreInTheOrderOfTheirMaking() {
    var expected = new ArrayList<RecordId>();
    for (int i = 0; i < 300; i++) {
      expected.add(insert("event", Map.of("n", i)));
    }
    assertThat(scan().stream().map(StoredRecord::id)).isEqualTo(expected);
    assertThat(scan().stream().map(r -> r.fields().get("n")).limit(2)).containsExactly(0L, 1L);
    var paged = new ArrayList<RecordId>();
    RecordId last = null;
    RecordPage page;
    do {
      RecordId after = last;
      page = store.runner().read(tr -> records.page(tr, TABLE, after, 1_000));
      page.records().forEach(record -> paged.add(record.id()));
      last = paged.get(paged.size() - 1);
    } while (!page.last());
    assertThat(paged).isEqualTo(expected);
  }

  @Test
  void insertingAgainUnderTheSameIdChangesNothing() {
    RecordId id = ids.next();
    for (int i = 0; i < 2; i++) {
      store
          .runner()
          .run(
              tr -> {
                records.insert(tr, TABLE, id, "event", Map.of("n", 1L));
                return true;
              });
    }
    assertThat(scan()).containsExactly(new StoredRecord(id, "event", Map.of("n", 1L)));
  }

  @Test
  void idsGrowWhateverTheClockDoes() {
    var times = new long[] {5_000_999, 5_000_999, 4_000_000, 6_000_000, 6_000_001};
    var clock =
        new Clock() {
          int next;

          @Override
          public long wallMicros() {
            return times[next++];
          }

          @Override
          public long monotonicNanos() {
            return 0;
          }
        };
    var generated = new RecordIds(clock);
    var all = new ArrayList<RecordId>();
    for (int i = 0; i < times.length; i++) {
      all.add(generated.next());
    }
    assertThat(all).isSorted().doesNotHaveDuplicates();
    assertThat(all.get(3).millis()).isEqualTo(6_000);
    assertThat(java.util.UUID.fromString(all.get(0).toString()).version()).isEqualTo(7);
    assertThat(java.util.UUID.fromString(all.get(0).toString()).variant()).isEqualTo(2);
  }

  @Test
  void valuesThatCannotBeKeptAreNamed() {
    assertRefused(Map.of("price", new BigDecimal("1.5")), "\"price\"", "java.math.BigDecimal");
    assertRefused(Map.of("a", Map.of("b", List.of(1L, new Object()))), "\"a.b[1]\"");
    assertRefused(Map.of("half", "\uD83E"), "\"half\"", "surrogate");
    assertRefused(Map.of("keys", Map.of(1, "x")), "\"keys\"");
    Object deep = 1L;
    for (int i = 0; i < 70; i++) {
      deep = List.of(deep);
    }
    assertRefused(Map.of("deep", deep), "deep", "nested");
    assertThat(scan()).isEmpty();
    assertThatThrownBy(() -> insert("event", Map.of("text", "x".repeat(100_000))))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.ROW_TOO_LARGE));
  }

  private void assertRefused(Map<String, ?> fields, String... texts) {
    assertThatThrownBy(() -> insert("event", fields))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.DATATYPE_MISMATCH))
        .message()
        .contains(texts);
  }

  @Test
  void damagedRecordsAreErrorsNotNonsense() {
    byte[] good =
        RecordCodec.encode("event", Map.of("list", List.of(1L, "two", Map.of("three", 3.0))));
    var random = new java.util.SplittableRandom(Long.getLong("caisson.seed", 41));
    RecordId id = ids.next();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> RecordCodec.decode(id, cut, () -> "record"))
          .isInstanceOf(CaissonException.class);
    }
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        RecordCodec.decode(id, damaged, () -> "record");
      } catch (CaissonException e) {
        assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED);
      }
    }
  }
}
