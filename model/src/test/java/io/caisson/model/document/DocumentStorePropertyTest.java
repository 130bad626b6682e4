package io.caisson.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.fault.FaultPlan;
import io.caisson.model.TestStore;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.json.JsonWriter;
import io.caisson.model.json.MergePatch;
import io.caisson.model.json.RandomJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random changes of a collection, beside a map that changes the same way. */
class DocumentStorePropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", System.nanoTime());
  private static final List<String> IDS = List.of("a", "b", "ab", "a\0", "é", "z");
  private static final int ROUNDS = 400;

  private CollectionDefinition carts = new CollectionDefinition(0, "carts");
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, Map<String, @Nullable Object>> model = new HashMap<>();

  @Test
  void aCollectionIsAMapOfDocuments(@TempDir Path directory) {
    System.out.println("DocumentStorePropertyTest -Dcaisson.seed=" + SEED);
    try (var store = new TestStore(directory)) {
      var catalog = new CatalogStore(store.keyspace());
      carts = store.runner().run(tr -> catalog.create(tr, new CollectionDefinition(0, "carts")));
      store.database().faults(FaultPlan.everywhere(SEED, 0.02));
      var documents = new DocumentStore(store.keyspace(), catalog);
      for (int round = 0; round < ROUNDS; round++) {
        step(store, documents);
        if (round % 20 == 0) {
          compare(store, documents);
        }
      }
      compare(store, documents);
    }
  }

  private Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>(RandomJson.object(random, 3));
    if (random.nextInt(10) == 0) {
      members.put("long", "x".repeat(random.nextInt(400_000)));
    }
    return members;
  }

  private void step(TestStore store, DocumentStore documents) {
    String id = IDS.get(random.nextInt(IDS.size()));
    boolean known = model.containsKey(id);
    Map<String, @Nullable Object> members = members();
    StoredDocument document = DocumentStore.document(id, members);
    switch (random.nextInt(5)) {
      case 0 -> {
        try {
          boolean unused =
              store
                  .runner()
                  .run(
                      tr -> {
                        documents.insert(tr, carts, document);
                        return true;
                      });
          assertThat(known).isFalse();
          model.put(id, members);
        } catch (CaissonException e) {
          assertThat(e.state()).isEqualTo(SqlState.UNIQUE_VIOLATION);
          assertThat(known).isTrue();
        }
      }
      case 1 -> {
        assertThat(changed(store, tr -> documents.put(tr, carts, document))).isEqualTo(known);
        model.put(id, members);
      }
      case 2 -> {
        assertThat(changed(store, tr -> documents.replace(tr, carts, document))).isEqualTo(known);
        model.computeIfPresent(id, (key, old) -> members);
      }
      case 3 -> {
        assertThat(changed(store, tr -> documents.patch(tr, carts, id, members))).isEqualTo(known);
        model.computeIfPresent(id, (key, old) -> MergePatch.apply(old, members));
      }
      default -> {
        assertThat(changed(store, tr -> documents.delete(tr, carts, id))).isEqualTo(known);
        model.remove(id);
      }
    }
  }

  /** A change of the collection that answers whether there was a document. */
  private interface Change {
    boolean apply(Transaction transaction);
  }

  private static boolean changed(TestStore store, Change change) {
    return store.runner().run(change::apply);
  }

  private void compare(TestStore store, DocumentStore documents) {
    var expected = new TreeMap<String, String>();
    model.forEach((id, members) -> expected.put(id, JsonWriter.write(members)));
    var found =
        store
            .runner()
            .read(
                tr -> {
                  var all = new TreeMap<String, String>();
                  documents
                      .scan(tr, carts, IdRange.ALL)
                      .forEachRemaining(
                          d -> all.put(d.id(), new String(d.json(), StandardCharsets.UTF_8)));
                  return all;
                });
    assertThat(found).isEqualTo(expected);
  }
}
