package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.sql.Statement;

/** Runs one prepared statement: finds the part that knows its kind. For one thread. */
final class StatementExecution {
  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;

  StatementExecution(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
  }

  Result run(Statement statement) {
    var definitions = new DefinitionStatements(services, catalog);
    if (statement instanceof Statement.Query query) {
      return new QueryStatements(services, settings, catalog, cancellation).select(query.query());
    }
    if (statement instanceof Statement.Insert insert) {
      return new QueryStatements(services, settings, catalog, cancellation).insert(insert);
    }
    if (statement instanceof Statement.CreateStream create) {
      return definitions.create(create.definition(), create.ifNotExists());
    }
    if (statement instanceof Statement.AlterStream alter) {
      return new StreamStatements(services).alter(alter);
    }
    if (statement instanceof Statement.Vacuum vacuum) {
      return new StreamStatements(services).vacuum(vacuum);
    }
    if (statement instanceof Statement.CreateTable create) {
      return definitions.create(create.definition(), create.ifNotExists());
    }
    if (statement instanceof Statement.CreateObject create) {
      return definitions.create(create.definition(), create.ifNotExists());
    }
    if (statement instanceof Statement.CreateView create) {
      return definitions.createView(create);
    }
    if (statement instanceof Statement.CreatePlainView create) {
      return definitions.createPlainView(create);
    }
    if (statement instanceof Statement.Drop drop) {
      return definitions.drop(drop);
    }
    if (statement instanceof Statement.Show show) {
      return new ShowStatements(settings, catalog).show(show);
    }
    if (statement instanceof Statement.ExplainQuery explain) {
      return explain.analyze()
          ? new QueryStatements(services, settings, catalog, cancellation).analyze(explain.query())
          : new ExplainStatements(services, catalog).query(explain);
    }
    if (statement instanceof Statement.ExplainView explain) {
      return new ExplainStatements(services, catalog).view(explain);
    }
    if (statement instanceof Statement.ExplainStorage) {
      return new StorageReport(services).result();
    }
    if (statement instanceof Statement.Subscribe subscribe) {
      return new SubscribeStatement(services, cancellation).subscribe(subscribe);
    }
    var set = (Statement.SetOption) statement;
    settings.set(set.name(), set.value());
    return new CommandResult("SET");
  }
}
