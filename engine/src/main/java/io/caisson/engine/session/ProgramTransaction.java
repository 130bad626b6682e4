package io.caisson.engine.session;

import io.caisson.Bucket;
import io.caisson.DocumentCollection;
import io.caisson.RecordTable;
import io.caisson.Result;
import io.caisson.StreamWriter;
import io.caisson.Table;
import io.caisson.Transaction;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.engine.row.GivenRow;
import io.caisson.engine.stream.ProducerWriter;
import io.caisson.engine.table.OpenTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program sees of a session in whose transaction it is. Objects are looked up in the
 * transaction, so that it conflicts with whoever drops or alters them. For one thread.
 */
final class ProgramTransaction implements Transaction {
  private final SessionServices services;
  private final EngineSession session;

  ProgramTransaction(SessionServices services, EngineSession session) {
    this.services = services;
    this.session = session;
  }

  @Override
  public Result execute(String sql, @Nullable Object... parameters) {
    return session.execute(sql, parameters);
  }

  private <T extends CatalogObject> T find(String name, Class<T> kind, String word) {
    return session.within(
        working ->
            NamedObjects.find(services.catalog().read(working.transaction()), name, kind, word));
  }

  private SessionScope scope(CatalogObject object) {
    return new SessionScope(session, object);
  }

  @Override
  public Table table(String name) {
    return new OpenTable(
        name, services.openTables(), scope(find(name, TableDefinition.class, "table")));
  }

  @Override
  public DocumentCollection collection(String name) {
    CollectionDefinition collection = find(name, CollectionDefinition.class, "collection");
    return services.models().collections().open(collection, scope(collection));
  }

  @Override
  public Bucket bucket(String name) {
    BucketDefinition bucket = find(name, BucketDefinition.class, "bucket");
    return services.models().buckets().open(bucket, scope(bucket));
  }

  @Override
  public RecordTable recordTable(String name) {
    RecordTableDefinition table = find(name, RecordTableDefinition.class, "record table");
    return services.models().records().open(table, scope(table));
  }

  private StreamDefinition appendable(String name) {
    return session.within(
        working -> NamedObjects.appendable(services.catalog().read(working.transaction()), name));
  }

  @Override
  public void append(String stream, Map<String, ? extends @Nullable Object> row) {
    StreamDefinition target = appendable(stream);
    GivenRow given = GivenRow.of(target, row);
    var unused =
        session.within(
            working -> {
              Columns whole = working.complete(target, given.positions(), given.values());
              Columns stored = working.insert(target, whole);
              working.checkSize();
              return stored;
            });
  }

  @Override
  public void acknowledge(String subscription, String token) {
    session
        .execute("ACKNOWLEDGE " + DefinitionText.quoted(subscription) + " UP TO ?", token)
        .close();
  }

  @Override
  public StreamWriter writer(String stream, String producer) {
    StreamDefinition target = appendable(stream);
    var parts =
        new ProducerWriter.Parts(
            scope(target),
            services.catalog(),
            services.stores().streamLog(),
            services.models().producers(),
            rows -> noteAppended(target, rows));
    return new ProducerWriter(target, producer, parts);
  }

  private void noteAppended(StreamDefinition stream, Columns rows) {
    var unused =
        session.within(
            working -> {
              working.noteAppended(stream, rows);
              return rows;
            });
  }
}
