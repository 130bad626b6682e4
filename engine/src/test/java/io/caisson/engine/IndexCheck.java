package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.Database;
import io.caisson.Session;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.DocumentIndex;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedObject;
import io.caisson.catalog.TableDefinition;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Holds every index of {@link RandomChanges} against one that is built anew. Stateless. */
final class IndexCheck {
  private static final long POLL_NANOS = 20_000_000;

  private IndexCheck() {}

  /** Fails where an index is not, byte for byte, what it is when it is built anew. */
  static void check(Database database, EmbeddedDatabase store) {
    try (Session session = database.session()) {
      // So that there is something to compare.
      session
          .execute("INSERT INTO t VALUES (100, 100, 'B', 0.5e0), (101, NULL, NULL, NULL)")
          .close();
      session.execute("INSERT INTO docs VALUES ('z', '{\"n\": 1}')").close();
    }
    DatabaseKeyspace keyspace = store.run(tr -> DatabaseKeyspace.openOrCreate(tr, "test"));
    var catalog = new CatalogStore(keyspace);
    for (String name : List.of("t", "docs")) {
      TableDefinition table = built(store, catalog, name);
      try (Session session = database.session()) {
        for (IndexDefinition index : table.indexes()) {
          session.execute(copy(index, table)).close();
        }
      }
      var withCopies = (IndexedObject) find(store, catalog, name);
      for (IndexDefinition index : table.indexes()) {
        IndexDefinition copy = withCopies.index(index.name() + "_copy").orElseThrow();
        assertThat(entries(store, keyspace, table.id(), index.id()))
            .as(index.name())
            .isEqualTo(entries(store, keyspace, table.id(), copy.id()));
      }
    }
    checkDocuments(database, store, keyspace, catalog);
  }

  /**
   * A table or collection when all its indexes are built; those that a crash interrupted go on by
   * themselves.
   */
  private static TableDefinition built(EmbeddedDatabase store, CatalogStore catalog, String name) {
    while (true) {
      TableDefinition table = ((IndexedObject) find(store, catalog, name)).asTable();
      if (table.indexes().stream().allMatch(IndexDefinition::readable)) {
        return table;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static void checkDocuments(
      Database database, EmbeddedDatabase store, DatabaseKeyspace keyspace, CatalogStore catalog) {
    var docs = (CollectionDefinition) find(store, catalog, "docs");
    for (DocumentIndex index : docs.pathIndexes()) {
      // One whose build broke off goes on.
      database.collection("docs").createIndex(index.name(), index.path());
      database.collection("docs").createIndex(index.name() + "_copy", index.path());
    }
    var withCopies = (CollectionDefinition) find(store, catalog, "docs");
    for (DocumentIndex index : docs.pathIndexes()) {
      DocumentIndex copy = withCopies.pathIndex(index.name() + "_copy").orElseThrow();
      assertThat(entries(store, keyspace, docs.id(), index.id()))
          .as(index.name())
          .isEqualTo(entries(store, keyspace, docs.id(), copy.id()));
    }
  }

  private static CatalogObject find(EmbeddedDatabase store, CatalogStore catalog, String name) {
    return store.run(transaction -> catalog.read(transaction)).find(name).orElseThrow();
  }

  /** The statement that makes an index like another. */
  private static String copy(IndexDefinition index, TableDefinition table) {
    var keys = new ArrayList<String>();
    for (IndexDefinition.IndexKey key : index.keys()) {
      String what =
          key instanceof IndexDefinition.ExpressionKey expression
              ? "(" + expression.expression() + ")"
              : table.columnOf(key.column().orElseThrow()).name();
      keys.add(what + (key.descending() ? " DESC" : ""));
    }
    List<String> included =
        index.included().stream().map(column -> table.columnOf(column).name()).toList();
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX "
        + index.name()
        + "_copy ON "
        + table.name()
        + " ("
        + String.join(", ", keys)
        + ")"
        + (included.isEmpty() ? "" : " INCLUDE (" + String.join(", ", included) + ")");
  }

  /** Keys and values of an index, without what names the index. */
  private static List<String> entries(
      EmbeddedDatabase store, DatabaseKeyspace keyspace, long object, int index) {
    byte[] prefix = keyspace.index().pack(Tuple.from(object, index));
    var entries = new ArrayList<String>();
    List<KeyValue> found =
        store.run(transaction -> transaction.getRange(Range.startsWith(prefix)).asList().join());
    for (KeyValue entry : found) {
      byte[] key = entry.getKey();
      entries.add(
          ByteArrayUtil.printable(Arrays.copyOfRange(key, prefix.length, key.length))
              + " → "
              + ByteArrayUtil.printable(entry.getValue()));
    }
    return entries;
  }
}
