package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one prepared statement: finds the part that knows its kind. For one thread. */
final class StatementExecution {
  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private final @Nullable SessionTransaction transaction;
  private final CopyStreams streams;

  StatementExecution(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation,
      @Nullable SessionTransaction transaction,
      CopyStreams streams) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
    this.transaction = transaction;
    this.streams = streams;
  }

  Result run(Statement statement) {
    if (statement instanceof Statement.Query query) {
      var queries = new QueryStatements(services, settings, catalog, cancellation);
      return transaction == null
          ? queries.select(query.query())
          : queries.select(query.query(), transaction);
    }
    if (statement instanceof Statement.Write write) {
      return new WriteExecution(services, settings, catalog, cancellation)
          .run(write.plan(), transaction);
    }
    if (statement instanceof Statement.CopyFrom copy) {
      return new CopyFromStatement(copy, services, settings, catalog, cancellation)
          .run(streams, transaction);
    }
    if (statement instanceof Statement.CopyTo copy) {
      return new CopyToStatement(services, settings, catalog, cancellation)
          .run(copy, streams, transaction);
    }
    if (statement instanceof Statement.Acknowledge acknowledge) {
      return new SubscriptionStatements(services, catalog, cancellation)
          .acknowledge(acknowledge, transaction);
    }
    if (transaction != null) {
      refuseInTransaction(statement);
    }
    return define(statement).orElseGet(() -> tell(statement));
  }

  /** CREATE, ALTER, DROP and VACUUM. */
  private Optional<Result> define(Statement statement) {
    var definitions = new DefinitionStatements(services, catalog);
    Result result = null;
    if (statement instanceof Statement.CreateStream create) {
      result = definitions.create(create.definition(), create.ifNotExists());
    } else if (statement instanceof Statement.AlterStream alter) {
      result = new StreamStatements(services).alter(alter);
    } else if (statement instanceof Statement.Vacuum vacuum) {
      result = new StreamStatements(services).vacuum(vacuum);
    } else if (statement instanceof Statement.CreateTable create) {
      result = definitions.create(create.definition(), create.ifNotExists());
    } else if (statement instanceof Statement.CreateIndex create) {
      result = new IndexStatements(services, cancellation).create(create);
    } else if (statement instanceof Statement.DropIndex drop) {
      result = new IndexStatements(services, cancellation).drop(drop);
    } else if (statement instanceof Statement.AlterTable alter) {
      result = new AlterTableStatement(services, cancellation).alter(alter);
    } else if (statement instanceof Statement.CreateObject create) {
      result = definitions.create(create.definition(), create.ifNotExists());
    } else if (statement instanceof Statement.CreateView create) {
      result = new ViewStatements(services, definitions, cancellation).create(create);
    } else if (statement instanceof Statement.AlterView alter) {
      result = new ViewStatements(services, definitions, cancellation).alter(alter);
    } else if (statement instanceof Statement.CreateSubscription create) {
      result = new SubscriptionStatements(services, catalog, cancellation).create(create);
    } else if (statement instanceof Statement.AlterSubscription alter) {
      result = new SubscriptionStatements(services, catalog, cancellation).alter(alter);
    } else if (statement instanceof Statement.CreatePlainView create) {
      result = definitions.createPlainView(create);
    } else if (statement instanceof Statement.CreateFunction create) {
      result = definitions.createFunction(create);
    } else if (statement instanceof Statement.DropFunction drop) {
      result = definitions.dropFunction(drop);
    } else if (statement instanceof Statement.Comment comment) {
      result = definitions.comment(comment);
    } else if (statement instanceof Statement.Drop drop) {
      result = definitions.drop(drop);
    }
    return Optional.ofNullable(result);
  }

  private Result tell(Statement statement) {
    if (statement instanceof Statement.Show show) {
      return new ShowStatements(services, settings, catalog).show(show);
    }
    if (statement instanceof Statement.ExplainQuery explain) {
      var queries = new QueryStatements(services, settings, catalog, cancellation);
      return new ExplainStatements(services, catalog).query(explain, queries);
    }
    if (statement instanceof Statement.ExplainView explain) {
      return new ExplainStatements(services, catalog).view(explain);
    }
    if (statement instanceof Statement.ExplainStorage) {
      return new StorageReport(services).result();
    }
    if (statement instanceof Statement.Subscribe || statement instanceof Statement.SubscribeQuery) {
      return new SubscribeStatement(services, catalog, cancellation).subscribe(statement);
    }
    var set = (Statement.SetOption) statement;
    settings.set(set.name(), set.value());
    return new CommandResult("SET");
  }

  /** What has effects outside of the transaction, or never ends, is not for transactions. */
  private static void refuseInTransaction(Statement statement) {
    boolean harmless =
        statement instanceof Statement.Show
            || statement instanceof Statement.ExplainQuery
            || statement instanceof Statement.ExplainView
            || statement instanceof Statement.ExplainStorage
            || statement instanceof Statement.SetOption;
    if (!harmless) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              name(statement) + " cannot run inside a transaction block")
          .withHint("COMMIT or ROLLBACK first.");
    }
  }

  /** A statement's first words: {@code CREATE TABLE} of a CreateTable. */
  private static String name(Statement statement) {
    return statement
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(Locale.ROOT);
  }
}
