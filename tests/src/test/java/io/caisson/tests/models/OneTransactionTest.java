package io.caisson.tests.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Transaction;
import io.caisson.Bucket;
import io.caisson.DocumentCollection;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.engine.document.Collections;
import io.caisson.engine.keyvalue.Buckets;
import io.caisson.engine.scope.OneTransaction;
import io.caisson.engine.scope.OwnTransactions;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.Durability;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.document.DocumentStore;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.keyvalue.BucketStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import io.caisson.type.TypeKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections and buckets within one transaction: all of it or nothing, and serializable. */
class OneTransactionTest {
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final EmbeddedDatabase store;
  private final TransactionRunner runner;
  private final Collections collections;
  private final CollectionDefinition carts;
  private final Buckets buckets;
  private final BucketDefinition sessions;

  OneTransactionTest(@TempDir Path directory) {
    store =
        EmbeddedDatabase.open(
            directory, EmbeddedOptions.defaults().withDurability(Durability.MEMORY));
    DatabaseKeyspace keyspace =
        store.run(tr -> DatabaseKeyspace.openOrCreate(tr, "test"), executor);
    runner = new TransactionRunner(store, keyspace.markers(), executor, Clock.system());
    var catalog = new CatalogStore(keyspace);
    collections = new Collections(new DocumentStore(keyspace, catalog), catalog, () -> "new");
    buckets = new Buckets(new BucketStore(keyspace), Clock.system(), () -> {});
    carts = runner.run(tr -> catalog.create(tr, new CollectionDefinition(0, "carts")));
    sessions =
        runner.run(
            tr ->
                catalog.create(
                    tr, new BucketDefinition(0, "sessions", TypeKind.TEXT, TypeKind.TEXT, 0)));
  }

  @AfterEach
  void close() {
    runner.close();
    store.close();
    executor.shutdown();
  }

  private DocumentCollection carts(Transaction transaction) {
    return collections.open(carts, new OneTransaction(transaction));
  }

  private Bucket sessions(Transaction transaction) {
    return buckets.open(sessions, new OneTransaction(transaction));
  }

  @Test
  void whatIsWrittenTogetherIsSeenTogether() {
    DocumentCollection outside = collections.open(carts, new OwnTransactions(runner));
    try (Transaction transaction = store.createTransaction(executor)) {
      carts(transaction).put("a", Map.of("n", 1));
      sessions(transaction).put("k", "v");
      assertThat(carts(transaction).find().execute()).hasSize(1);
      assertThat(sessions(transaction).get("k")).contains("v");
      assertThat(outside.count()).isZero();
      transaction.commit().join();
    }
    assertThat(outside.count()).isEqualTo(1);
    assertThat(buckets.open(sessions, new OwnTransactions(runner)).get("k")).contains("v");
  }

  @Test
  void whatWasReadAndChangedMeanwhileConflicts() {
    try (Transaction transaction = store.createTransaction(executor)) {
      assertThat(carts(transaction).get("a")).isEmpty();
      boolean unused = collections.open(carts, new OwnTransactions(runner)).put("a", Map.of());
      sessions(transaction).put("k", "v");
      assertThatThrownBy(() -> transaction.commit().join()).isInstanceOf(CompletionException.class);
    }
    assertThat(buckets.open(sessions, new OwnTransactions(runner)).get("k")).isEmpty();
  }

  @Test
  void indexesAreNotMadeInATransaction() {
    try (Transaction transaction = store.createTransaction(executor)) {
      assertThatThrownBy(() -> carts(transaction).createIndex("i", "a"))
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
    }
  }
}
