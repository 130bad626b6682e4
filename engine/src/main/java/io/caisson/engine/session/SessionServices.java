package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.engine.document.Collections;
import io.caisson.engine.keyvalue.Buckets;
import io.caisson.engine.record.RecordTables;
import io.caisson.engine.schedule.StoredStreams;
import io.caisson.engine.schedule.ViewKeeper;
import io.caisson.engine.stream.StreamKeeper;
import io.caisson.engine.subscription.ActiveSubscriptions;
import io.caisson.engine.subscription.Following;
import io.caisson.engine.table.IndexBuilds;
import io.caisson.engine.table.OpenTable;
import io.caisson.engine.table.TableRows;
import io.caisson.fdb.embedded.StorageStatistics;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.document.DocumentRows;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.keyvalue.BucketRows;
import io.caisson.model.record.RecordRows;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.stream.ProducerStore;
import io.caisson.model.stream.StreamLog;
import io.caisson.model.subscription.SubscriptionStore;
import io.caisson.model.table.IndexBuild;
import io.caisson.model.table.TableStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.sql.SqlFrontEnd;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the sessions of a database share. Thread-safe.
 *
 * @param sql parses and plans
 * @param runner runs transactions
 * @param catalog the definitions
 * @param stores the data
 * @param views keeps the views
 * @param keeper keeps the streams tidy
 * @param tableWork what tables need beside their rows
 * @param models what programs use without SQL
 * @param subscriptions who follows what
 * @param tree measures the store's B+ tree; empty on a cluster
 */
public record SessionServices(
    SqlFrontEnd sql,
    TransactionRunner runner,
    CatalogStore catalog,
    Stores stores,
    ViewKeeper views,
    StreamKeeper keeper,
    TableWork tableWork,
    Models models,
    Subscriptions subscriptions,
    Optional<Supplier<StorageStatistics>> tree) {

  /** What tables need that programs use without SQL. */
  public OpenTable.Parts openTables() {
    return new OpenTable.Parts(catalog, stores.tables(), tableWork.rows(), stores.begin());
  }

  /**
   * Where the data of a database lies.
   *
   * @param keyspace its keys
   * @param streamLog appends to streams
   * @param streams reads streams
   * @param tables rows of tables
   * @param documents collections as rows
   * @param buckets buckets as rows
   * @param records tables without a schema as rows
   * @param statistics counts of what is stored
   * @param live what is known beside what is stored, and the statements that run
   * @param begin begins a transaction
   */
  public record Stores(
      DatabaseKeyspace keyspace,
      StreamLog streamLog,
      StoredStreams streams,
      TableStore tables,
      DocumentRows documents,
      BucketRows buckets,
      RecordRows records,
      StatisticsStore statistics,
      RunningStatements live,
      Supplier<Transaction> begin) {}

  /**
   * What tables need beside their rows.
   *
   * @param rows completes and checks rows
   * @param builds builds indexes
   * @param progress knows how far builds are
   */
  public record TableWork(TableRows rows, IndexBuilds builds, IndexBuild progress) {}

  /**
   * What programs use without SQL, beside tables.
   *
   * @param collections collections of documents
   * @param buckets buckets of values by key
   * @param records tables without a schema
   * @param producers knows each producer's last append to a stream
   */
  public record Models(
      Collections collections, Buckets buckets, RecordTables records, ProducerStore producers) {}

  /**
   * Who follows what.
   *
   * @param store the subscriptions that have a name
   * @param active those that are being read
   * @param following begins to follow
   */
  public record Subscriptions(
      SubscriptionStore store, ActiveSubscriptions active, Following following) {}
}
