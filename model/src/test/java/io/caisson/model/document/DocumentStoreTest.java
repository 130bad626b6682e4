package io.caisson.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.TestStore;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentStoreTest {
  /** How long the JSON text {"t": ""} is. */
  private static final int FRAME = 9;

  private final TestStore store;
  private final CatalogStore catalog;
  private final DocumentStore documents;
  private final CollectionDefinition carts;

  DocumentStoreTest(@TempDir Path directory) {
    store = new TestStore(directory);
    catalog = new CatalogStore(store.keyspace());
    documents = new DocumentStore(store.keyspace(), catalog);
    carts = change(tr -> catalog.create(tr, new CollectionDefinition(0, "carts")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static StoredDocument ofLength(String id, int bytes, char letter) {
    return DocumentStore.document(id, Map.of("t", String.valueOf(letter).repeat(bytes - FRAME)));
  }

  private <T extends @Nullable Object> T change(Function<? super Transaction, T> body) {
    return store.runner().run(body);
  }

  private void put(StoredDocument document) {
    boolean unused = change(tr -> documents.put(tr, carts, document));
  }

  private Optional<byte[]> get(String id) {
    return store.runner().read(tr -> documents.get(tr, carts, id)).map(StoredDocument::json);
  }

  private Counts counts() {
    var statistics = new StatisticsStore(store.keyspace());
    return store.runner().read(tr -> statistics.read(tr, carts.id()));
  }

  private int keys() {
    var range = store.keyspace().docs().range();
    return store.runner().read(tr -> tr.getRange(range).asList().join()).size();
  }

  private List<String> ids(IdRange part) {
    return store
        .runner()
        .read(
            tr -> {
              var ids = new ArrayList<String>();
              documents.scan(tr, carts, part).forEachRemaining(d -> ids.add(d.id()));
              return ids;
            });
  }

  @Test
  void documentsOfEveryLengthAroundTheBoundariesComeBack() {
    int part = DocumentParts.PART_BYTES;
    var lengths = new ArrayList<Integer>();
    for (int parts : List.of(1, 2, 3, 10)) {
      lengths.addAll(List.of(parts * part - 1, parts * part, parts * part + 1));
    }
    lengths.add(FRAME);
    for (int length : lengths) {
      StoredDocument document = ofLength("d" + length, length, 'x');
      assertThat(document.json()).hasSize(length);
      put(document);
      assertThat(get(document.id())).contains(document.json());
      int expected = length <= part ? 1 : 1 + (length + part - 1) / part;
      assertThat(DocumentParts.keys(length)).isEqualTo(expected);
    }
    assertThat(ids(IdRange.ALL)).hasSize(lengths.size());
    assertThat(counts().entries()).isEqualTo(keys());
  }

  @Test
  void growingAndShrinkingLeavesNothingBehind() {
    int part = DocumentParts.PART_BYTES;
    int[] lengths = {FRAME, 3 * part, 2 * part, 2 * part + 1, part, part + 1, FRAME, 10 * part, 20};
    char letter = 'a';
    for (int length : lengths) {
      StoredDocument document = ofLength("d", length, letter++);
      put(document);
      assertThat(get("d")).contains(document.json());
      assertThat(keys()).isEqualTo(DocumentParts.keys(length));
      assertThat(counts()).isEqualTo(new Counts(1, length, DocumentParts.keys(length)));
    }
    boolean deleted = change(tr -> documents.delete(tr, carts, "d"));
    assertThat(deleted).isTrue();
    assertThat(keys()).isZero();
    assertThat(counts()).isEqualTo(Counts.NONE);
  }

  @Test
  void theLargestDocumentFitsOneTransactionAndIsReplacedInOne() {
    StoredDocument first = ofLength("large", DocumentStore.LONGEST_DOCUMENT, 'a');
    StoredDocument second = ofLength("large", DocumentStore.LONGEST_DOCUMENT, 'b');
    put(first);
    put(second);
    assertThat(get("large")).contains(second.json());
    assertThatThrownBy(() -> ofLength("large", DocumentStore.LONGEST_DOCUMENT + 1, 'c'))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.ROW_TOO_LARGE));
  }

  @Test
  void aReaderSeesOneDocumentOrTheOtherAndNeverAMixture() throws InterruptedException {
    StoredDocument[] versions = {
      ofLength("d", 5 * DocumentParts.PART_BYTES, 'a'),
      ofLength("d", 100, 'b'),
      ofLength("d", 2 * DocumentParts.PART_BYTES, 'c')
    };
    put(versions[0]);
    var done = new AtomicBoolean();
    var wrong = new AtomicBoolean();
    var reader =
        new Thread(
            () -> {
              while (!done.get()) {
                String json =
                    new String(get("d").orElseThrow(), java.nio.charset.StandardCharsets.UTF_8);
                char letter = json.charAt(7);
                boolean whole =
                    json.length() > FRAME
                        && json.substring(7, json.length() - 2).chars().allMatch(c -> c == letter);
                wrong.compareAndSet(false, !whole);
              }
            });
    reader.start();
    for (int i = 0; i < 60; i++) {
      put(versions[i % versions.length]);
    }
    done.set(true);
    reader.join();
    assertThat(wrong).isFalse();
  }

  @Test
  void idsSortByTheirBytesAndRangesHaveEnds() {
    List<String> sorted = List.of("\0", "a", "a\0", "a\0b", "a\u0001", "ab", "b", "é", "ﬀ", "🦀");
    var mixed = new ArrayList<>(sorted);
    java.util.Collections.shuffle(mixed, new java.util.Random(7));
    for (String id : mixed) {
      put(ofLength(id, id.equals("a") ? 2 * DocumentParts.PART_BYTES : 50, 'x'));
    }
    assertThat(ids(IdRange.ALL)).isEqualTo(sorted);
    assertThat(ids(IdRange.only("a"))).containsExactly("a");
    for (int from = 0; from < sorted.size(); from++) {
      for (int to = 0; to < sorted.size(); to++) {
        for (int inclusive = 0; inclusive < 4; inclusive++) {
          boolean first = (inclusive & 1) != 0;
          boolean last = (inclusive & 2) != 0;
          var range =
              new IdRange(
                  new IdRange.Bound(sorted.get(from), first),
                  new IdRange.Bound(sorted.get(to), last));
          int begin = first ? from : from + 1;
          int end = last ? to + 1 : to;
          assertThat(ids(range)).isEqualTo(begin < end ? sorted.subList(begin, end) : List.of());
        }
      }
    }
  }

  @Test
  void pagesEndBetweenDocuments() {
    for (int i = 0; i < 30; i++) {
      put(ofLength("d" + (char) ('a' + i), i % 3 == 0 ? 100_000 : 1_000, 'x'));
    }
    var paged = new ArrayList<String>();
    String next = null;
    do {
      String after = next;
      DocumentPage page =
          store.runner().read(tr -> documents.page(tr, carts, IdRange.ALL, after, 50_000));
      page.documents().forEach(document -> paged.add(document.id()));
      next = page.next();
    } while (next != null);
    assertThat(paged).isEqualTo(ids(IdRange.ALL)).hasSize(30);
  }

  @Test
  void damagedDocumentsAreErrorsNotNonsense() {
    put(ofLength("d", 3 * DocumentParts.PART_BYTES, 'x'));
    var keys = new DocumentKeys(store.keyspace().docs(), carts);
    boolean unused =
        change(
            tr -> {
              tr.clear(keys.part("d", 2));
              return true;
            });
    assertThatThrownBy(() -> get("d"))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED));
  }

  @Test
  void aDroppedCollectionIsNotWrittenTo() {
    CollectionDefinition known = carts;
    var unused = change(tr -> catalog.drop(tr, "carts"));
    assertThatThrownBy(() -> put(ofLength("d", 100, 'x')))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.UNDEFINED_OBJECT));
    assertThat(known.name()).isEqualTo("carts");
    assertThat(keys()).isZero();
  }
}
