package io.caisson.engine;

import com.apple.foundationdb.FDBException;
import io.caisson.Database;
import io.caisson.EventStream;
import io.caisson.RecordTable;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.engine.record.RecordTables;
import io.caisson.engine.schedule.StoredStreams;
import io.caisson.engine.schedule.ViewKeeper;
import io.caisson.engine.session.ColumnValues;
import io.caisson.engine.session.EngineSession;
import io.caisson.engine.session.SessionServices;
import io.caisson.engine.session.StandingQueries;
import io.caisson.engine.state.ViewStore;
import io.caisson.engine.stream.ProducerWriter;
import io.caisson.engine.stream.StoredStream;
import io.caisson.engine.stream.StreamKeeper;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.StorageStatistics;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.record.RecordStore;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.stream.LogReader;
import io.caisson.model.stream.ProducerStore;
import io.caisson.model.stream.StreamLog;
import io.caisson.model.stream.StreamPacker;
import io.caisson.model.stream.StreamTrimmer;
import io.caisson.model.stream.TickStore;
import io.caisson.model.table.TableStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.sql.SqlFrontEnd;
import io.caisson.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database: the services of all layers, wired. Thread-safe. */
final class EngineDatabase implements Database, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineDatabase.class);

  private final DatabaseKeyspace keyspace;
  private final TransactionRunner runner;
  private final CatalogStore catalog;
  private final StreamLog streamLog;
  private final ProducerStore producers;
  private final ViewKeeper views;
  private final StreamKeeper keeper;
  private final StoredStream.Parts readers;
  private final SessionServices services;
  private final RecordTables records;

  EngineDatabase(
      DatabaseKeyspace keyspace,
      com.apple.foundationdb.Database store,
      Optional<Supplier<StorageStatistics>> tree,
      SqlFrontEnd sql,
      Executor executor,
      Clock clock) {
    this.keyspace = keyspace;
    runner = new TransactionRunner(store, keyspace.markers(), executor, clock);
    catalog = new CatalogStore(keyspace);
    var ticks = new TickStore(keyspace, clock);
    streamLog = new StreamLog(keyspace, ticks);
    producers = new ProducerStore(keyspace);
    records = new RecordTables(runner, new RecordStore(keyspace), clock);
    var logReader = new LogReader(keyspace);
    readers =
        new StoredStream.Parts(
            keyspace.incarnation(),
            runner,
            () -> store.createTransaction(executor),
            logReader,
            streamLog,
            ticks,
            ColumnValues::value,
            clock);
    var streams = new StoredStreams(logReader, runner);
    var viewStore = new ViewStore(keyspace, runner, executor);
    keeper = keeper(ticks, viewStore, clock);
    views =
        new ViewKeeper(
            new ViewKeeper.Parts(
                keyspace.name(),
                store,
                executor,
                streamLog,
                streams,
                viewStore,
                new StandingQueries(sql),
                this::currentCatalog,
                clock));
    services =
        new SessionServices(
            sql,
            runner,
            catalog,
            new SessionServices.Stores(
                keyspace,
                streamLog,
                streams,
                new TableStore(keyspace),
                new StatisticsStore(keyspace),
                () -> store.createTransaction(executor)),
            views,
            keeper,
            tree);
    keeper.start();
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
            viewStore,
            clock));
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
  public RecordTable createTable(String name) {
    RecordTableDefinition definition =
        runner.run(
            transaction -> {
              Optional<CatalogObject> known = catalog.read(transaction).find(name);
              if (known.isEmpty()) {
                return catalog.create(transaction, new RecordTableDefinition(0, name));
              }
              if (known.get() instanceof RecordTableDefinition table) {
                return table;
              }
              throw new CaissonException(
                      SqlState.WRONG_OBJECT_TYPE,
                      "\"" + name + "\" is a " + known.get().kind() + " already")
                  .withHint("choose another name");
            });
    return records.open(definition);
  }

  @Override
  public EventStream stream(String name) {
    return new StoredStream(find(name), readers);
  }

  private StreamDefinition find(String stream) {
    CatalogObject object =
        currentCatalog()
            .find(stream)
            .orElseThrow(
                () ->
                    new CaissonException(
                            SqlState.UNDEFINED_OBJECT, "stream \"" + stream + "\" does not exist")
                        .withHint("create it with CREATE STREAM"));
    if (object instanceof StreamDefinition definition) {
      return definition;
    }
    throw new CaissonException(
        SqlState.WRONG_OBJECT_TYPE, "\"" + stream + "\" is a " + object.kind() + ", not a STREAM");
  }

  @Override
  public StreamWriter writer(String stream, String producer) {
    StreamDefinition definition = find(stream);
    if (definition.changelogOf().isPresent()) {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE, "cannot append to changelog \"" + stream + "\"")
          .withHint("It is written by the changes of its table.");
    }
    var unused = views.maintenance();
    return new ProducerWriter(
        definition, producer, new ProducerWriter.Parts(runner, catalog, streamLog, producers));
  }

  @Override
  public void close() {
    keeper.close();
    views.close();
    try {
      runner.close();
    } catch (CaissonException | FDBException e) {
      LOG.debug("commit markers are left for later", e);
    }
  }
}
