package io.caisson.engine;

import com.apple.foundationdb.FDBException;
import io.caisson.Bucket;
import io.caisson.BucketOptions;
import io.caisson.ChangeBatch;
import io.caisson.ChangeConsumer;
import io.caisson.Database;
import io.caisson.DocumentCollection;
import io.caisson.EventStream;
import io.caisson.RecordTable;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.SubscribeOptions;
import io.caisson.Subscription;
import io.caisson.Table;
import io.caisson.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.engine.document.Collections;
import io.caisson.engine.keyvalue.Buckets;
import io.caisson.engine.keyvalue.ExpirySweeper;
import io.caisson.engine.record.RecordTables;
import io.caisson.engine.row.ColumnValues;
import io.caisson.engine.schedule.ClockTicks;
import io.caisson.engine.schedule.StoredInputs;
import io.caisson.engine.schedule.StoredStreams;
import io.caisson.engine.schedule.ViewCatalog;
import io.caisson.engine.schedule.ViewKeeper;
import io.caisson.engine.scope.OwnTransactions;
import io.caisson.engine.session.EngineSession;
import io.caisson.engine.session.NamedObjects;
import io.caisson.engine.session.PassingView;
import io.caisson.engine.session.RunningStatements;
import io.caisson.engine.session.SessionServices;
import io.caisson.engine.session.StandingQueries;
import io.caisson.engine.session.SubscriptionStatuses;
import io.caisson.engine.session.Subscriptions;
import io.caisson.engine.session.TransactionLoop;
import io.caisson.engine.session.ViewStatuses;
import io.caisson.engine.state.ViewMemory;
import io.caisson.engine.state.ViewStore;
import io.caisson.engine.stream.ProducerWriter;
import io.caisson.engine.stream.StoredStream;
import io.caisson.engine.stream.StreamKeeper;
import io.caisson.engine.stream.SubscriptionRetention;
import io.caisson.engine.subscription.ActiveSubscriptions;
import io.caisson.engine.subscription.Following;
import io.caisson.engine.table.IndexBuilds;
import io.caisson.engine.table.NumberBlocks;
import io.caisson.engine.table.OpenTable;
import io.caisson.engine.table.TableRows;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.StorageStatistics;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.document.DocumentRows;
import io.caisson.model.document.DocumentStore;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.keyvalue.BucketRows;
import io.caisson.model.keyvalue.BucketStore;
import io.caisson.model.record.RecordIds;
import io.caisson.model.record.RecordRows;
import io.caisson.model.record.RecordStore;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.stream.ClockLog;
import io.caisson.model.stream.DeltaLog;
import io.caisson.model.stream.LogReader;
import io.caisson.model.stream.ProducerStore;
import io.caisson.model.stream.StepLog;
import io.caisson.model.stream.StreamLog;
import io.caisson.model.stream.StreamPacker;
import io.caisson.model.stream.StreamTrimmer;
import io.caisson.model.stream.TickStore;
import io.caisson.model.subscription.CursorStore;
import io.caisson.model.subscription.SubscriptionStore;
import io.caisson.model.table.IndexBuild;
import io.caisson.model.table.NumberStore;
import io.caisson.model.table.RowIndexes;
import io.caisson.model.table.TableStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database: the services of all layers, wired. Thread-safe. */
final class EngineDatabase implements Database, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineDatabase.class);

  private final DatabaseKeyspace keyspace;
  private final TransactionRunner runner;
  private final CatalogStore catalog;
  private final StreamLog streamLog;
  private final ViewKeeper views;
  private final StreamKeeper keeper;
  private final StoredStream.Parts readers;
  private final IndexBuilds indexBuilds;
  private final SessionServices services;
  private final SessionServices.Models models;
  private final ExpirySweeper sweeper;

  EngineDatabase(
      DatabaseKeyspace keyspace,
      com.apple.foundationdb.Database store,
      Optional<Supplier<StorageStatistics>> tree,
      SqlFrontEnd sql,
      Executor executor,
      ViewMemory memory,
      Clock clock) {
    this.keyspace = keyspace;
    runner = new TransactionRunner(store, keyspace.markers(), executor, clock);
    catalog = new CatalogStore(keyspace);
    var ticks = new TickStore(keyspace, clock);
    streamLog = new StreamLog(keyspace, ticks);
    var ids = new RecordIds(clock);
    var rows = new TableRows(sql, new NumberBlocks(new NumberStore(keyspace), runner));
    var tables = new TableStore(keyspace, catalog, rows);
    var bucketStore = new BucketStore(keyspace, catalog);
    sweeper = new ExpirySweeper(keyspace.name(), runner, bucketStore, this::currentCatalog, clock);
    models =
        new SessionServices.Models(
            new Collections(
                new DocumentStore(keyspace, catalog, new RowIndexes(tables)),
                catalog,
                () -> ids.next().toString()),
            new Buckets(bucketStore, clock, sweeper::start),
            new RecordTables(new RecordStore(keyspace, catalog), ids),
            new ProducerStore(keyspace));
    var logReader = new LogReader(keyspace);
    readers = readers(store, executor, logReader, ticks, clock);
    var streams = new StoredStreams(logReader, runner, memory.stepBytes());
    var viewStore = new ViewStore(keyspace, runner, executor, memory.share(), clock);
    keeper = keeper(ticks, viewStore, clock);
    var documents = new DocumentRows(models.collections().store(), models.collections().ids());
    var recordRows = new RecordRows(models.records().store(), ids);
    var bucketRows = new BucketRows(bucketStore, clock, sweeper::start);
    var relations = new StoredInputs.Relations(tables, documents, recordRows, bucketRows);
    var inputs = new StoredInputs(streams, relations, ticks, runner);
    views = viewKeeper(store, executor, inputs, viewStore, sql, clock);
    var indexBuild = new IndexBuild(keyspace, tables);
    indexBuilds = new IndexBuilds(keyspace.name(), runner, catalog, tables, documents, indexBuild);
    goOn();
    var statistics = new StatisticsStore(keyspace);
    SessionServices.Subscriptions subscriptions = subscriptions(store, executor);
    services =
        new SessionServices(
            sql,
            runner,
            catalog,
            new SessionServices.Stores(
                keyspace,
                streamLog,
                streams,
                tables,
                documents,
                bucketRows,
                recordRows,
                statistics,
                running(sql, statistics, subscriptions, clock),
                () -> store.createTransaction(executor)),
            views,
            keeper,
            new SessionServices.TableWork(rows, indexBuilds, indexBuild),
            models,
            subscriptions,
            tree);
    keeper.start();
  }

  private SessionServices.Subscriptions subscriptions(
      com.apple.foundationdb.Database store, Executor executor) {
    var subscriptions = new SubscriptionStore(keyspace);
    var active = new ActiveSubscriptions();
    var following =
        new Following(
            new Following.Parts(
                keyspace.incarnation(),
                runner,
                subscriptions,
                active,
                views,
                streamLog,
                () -> store.createTransaction(executor)));
    return new SessionServices.Subscriptions(subscriptions, active, following);
  }

  private RunningStatements running(
      SqlFrontEnd sql,
      StatisticsStore statistics,
      SessionServices.Subscriptions subscriptions,
      Clock clock) {
    var statuses =
        new ViewStatuses(views, runner, new StandingQueries(sql), this::currentCatalog, statistics);
    return new RunningStatements(
        statuses, new SubscriptionStatuses(runner, this::currentCatalog, subscriptions), clock);
  }

  /** Goes on with what was under way when the database was last open. */
  private void goOn() {
    PassingView.dropLeft(runner, catalog);
    Catalog definitions = currentCatalog();
    indexBuilds.resume(definitions);
    sweepWhereViewsRead(definitions);
  }

  /** For a view, an entry of a bucket that is over is there until it is cleared. */
  private void sweepWhereViewsRead(Catalog definitions) {
    boolean read =
        definitions.objects().values().stream()
            .anyMatch(o -> o instanceof BucketDefinition && definitions.feedsViews(o.id()));
    if (read) {
      sweeper.start();
    }
  }

  private StoredStream.Parts readers(
      com.apple.foundationdb.Database store,
      Executor executor,
      LogReader logReader,
      TickStore ticks,
      Clock clock) {
    return new StoredStream.Parts(
        keyspace.incarnation(),
        runner,
        () -> store.createTransaction(executor),
        logReader,
        streamLog,
        ticks,
        ColumnValues::value,
        clock);
  }

  private StreamKeeper keeper(TickStore ticks, ViewStore viewStore, Clock clock) {
    return new StreamKeeper(
        new StreamKeeper.Parts(
            keyspace.name(),
            runner,
            catalog,
            new StreamPacker(keyspace),
            new StreamTrimmer(keyspace),
            ticks,
            new StatisticsStore(keyspace),
            new DeltaLog(keyspace),
            viewStore,
            new SubscriptionRetention(
                new SubscriptionRetention.Parts(
                    runner,
                    catalog,
                    new CursorStore(keyspace),
                    new StepLog(keyspace),
                    ticks,
                    new StatisticsStore(keyspace),
                    clock)),
            this::keepViews,
            this::sweepViews,
            clock));
  }

  private ViewKeeper viewKeeper(
      com.apple.foundationdb.Database store,
      Executor executor,
      StoredInputs inputs,
      ViewStore viewStore,
      SqlFrontEnd sql,
      Clock clock) {
    return new ViewKeeper(
        new ViewKeeper.Parts(
            keyspace.name(),
            store,
            executor,
            streamLog,
            inputs,
            viewStore,
            new StandingQueries(sql),
            this::currentCatalog,
            new ViewCatalog(runner, catalog),
            new ClockTicks(keyspace.name(), runner, new ClockLog(keyspace, streamLog), clock),
            clock));
  }

  private void keepViews() {
    var unused = views.maintenance();
  }

  private void sweepViews() {
    views.sweep();
  }

  private Catalog currentCatalog() {
    return runner.read(transaction -> catalog.read(transaction.snapshot()));
  }

  @Override
  public String name() {
    return keyspace.name();
  }

  @Override
  public Session session() {
    return new EngineSession(services);
  }

  @Override
  public <T extends @Nullable Object> T transact(Function<? super Transaction, T> work) {
    return new TransactionLoop(services).run(work);
  }

  @Override
  public RecordTable createTable(String name) {
    return models
        .records()
        .open(
            existingOrNew(RecordTableDefinition.class, new RecordTableDefinition(0, name)),
            new OwnTransactions(runner));
  }

  @Override
  public RecordTable recordTable(String name) {
    return models
        .records()
        .open(
            existing(name, RecordTableDefinition.class, "record table"),
            new OwnTransactions(runner));
  }

  @Override
  public DocumentCollection collection(String name) {
    return models
        .collections()
        .open(
            existing(name, CollectionDefinition.class, "collection"), new OwnTransactions(runner));
  }

  @Override
  public DocumentCollection createCollection(String name) {
    return models
        .collections()
        .open(
            existingOrNew(CollectionDefinition.class, new CollectionDefinition(0, name)),
            new OwnTransactions(runner));
  }

  @Override
  public Bucket bucket(String name) {
    return open(existing(name, BucketDefinition.class, "bucket"));
  }

  @Override
  public Bucket createBucket(String name, BucketOptions options) {
    return open(existingOrNew(BucketDefinition.class, Buckets.definition(name, options)));
  }

  private Bucket open(BucketDefinition definition) {
    return models.buckets().open(definition, new OwnTransactions(runner));
  }

  private <T extends CatalogObject> T existing(String name, Class<T> kind, String word) {
    return NamedObjects.find(currentCatalog(), name, kind, word);
  }

  private <T extends CatalogObject> T existingOrNew(Class<T> kind, T definition) {
    return runner.run(
        transaction -> {
          Optional<CatalogObject> known = catalog.read(transaction).find(definition.name());
          if (known.isEmpty()) {
            return catalog.create(transaction, definition);
          }
          if (kind.isInstance(known.get())) {
            return kind.cast(known.get());
          }
          throw new CaissonException(
                  SqlState.WRONG_OBJECT_TYPE,
                  "\"" + definition.name() + "\" is a " + known.get().kind() + " already")
              .withHint("choose another name");
        });
  }

  @Override
  public EventStream stream(String name) {
    return new StoredStream(existing(name, StreamDefinition.class, "stream"), readers);
  }

  @Override
  public Subscription subscribe(String name, SubscribeOptions options) {
    return new Subscriptions(services).open(name, options);
  }

  @Override
  public Closing subscribe(String name, SubscribeOptions options, ChangeConsumer consumer) {
    return new Subscriptions(services).follow(name, options, consumer);
  }

  @Override
  public Flow.Publisher<ChangeBatch> publisher(String name, SubscribeOptions options) {
    return new Subscriptions(services).publisher(name, options);
  }

  @Override
  public void acknowledge(String subscription, String token) {
    new Subscriptions(services).acknowledge(subscription, token);
  }

  @Override
  public Table table(String name) {
    return new OpenTable(name, services.openTables(), new OwnTransactions(runner));
  }

  @Override
  public StreamWriter writer(String stream, String producer) {
    StreamDefinition definition = NamedObjects.appendable(currentCatalog(), stream);
    var unused = views.maintenance();
    return new ProducerWriter(
        definition,
        producer,
        new ProducerWriter.Parts(
            new OwnTransactions(runner), catalog, streamLog, models.producers(), rows -> {}));
  }

  @Override
  public void close() {
    keeper.close();
    sweeper.close();
    views.close();
    indexBuilds.close();
    try {
      runner.close();
    } catch (CaissonException | FDBException e) {
      LOG.debug("commit markers are left for later", e);
    }
  }
}
