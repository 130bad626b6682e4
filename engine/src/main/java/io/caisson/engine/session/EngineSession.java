package io.caisson.engine.session;

import com.apple.foundationdb.FDBException;
import io.caisson.PreparedStatement;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.transaction.StoreErrors;
import io.caisson.sql.ParsedStatement;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A session on an open database. */
public final class EngineSession implements Session {
  /** How often a statement is prepared again because definitions change under it. */
  private static final int MOST_PREPARATIONS = 20;

  private final SessionServices services;
  private final SessionSettings settings = new SessionSettings();
  private volatile Cancellation running = new Cancellation();
  private @Nullable SessionTransaction transaction;
  private boolean managed;
  private boolean closed;

  /** A session with the default settings. */
  public EngineSession(SessionServices services) {
    this.services = services;
  }

  /** A session that is in a transaction, which no statement may end. */
  static EngineSession inTransaction(SessionServices services) {
    var session = new EngineSession(services);
    session.transaction = new SessionTransaction(services, false);
    session.managed = true;
    return session;
  }

  @Override
  public Result execute(String sql, @Nullable Object... parameters) {
    return one(sql).execute(parameters);
  }

  @Override
  public PreparedStatement prepare(String sql) {
    return one(sql);
  }

  private SessionStatement one(String sql) {
    try {
      List<ParsedStatement> statements = services.sql().parse(sql);
      if (statements.size() != 1) {
        throw new CaissonException(
                SqlState.SYNTAX_ERROR, "expected one statement, found " + statements.size())
            .withHint("parse the text and execute its statements one by one");
      }
      return new SessionStatement(this, statements.get(0));
    } catch (CaissonException e) {
      fail(e);
      throw e;
    }
  }

  @Override
  public List<Statement> parse(String text) {
    return services.sql().parse(text).stream()
        .<Statement>map(parsed -> new SessionStatement(this, parsed))
        .toList();
  }

  @Override
  public Result execute(Statement statement) {
    return execute(parsed(statement), List.of());
  }

  private static ParsedStatement parsed(Statement statement) {
    if (statement instanceof SessionStatement ours) {
      return ours.parsed();
    }
    throw new CaissonException(
        SqlState.INVALID_PARAMETER, "the statement was not parsed by a session");
  }

  @Override
  public Result copyIn(String sql, InputStream rows) {
    return copyIn(one(sql), rows);
  }

  @Override
  public Result copyIn(Statement statement, InputStream rows) {
    return execute(parsed(statement), List.of(), new CopyStreams(rows, null));
  }

  @Override
  public Result copyOut(String sql, OutputStream rows) {
    return copyOut(one(sql), rows);
  }

  @Override
  public Result copyOut(Statement statement, OutputStream rows) {
    return execute(parsed(statement), List.of(), new CopyStreams(null, rows));
  }

  Result execute(ParsedStatement parsed, List<? extends @Nullable Object> values) {
    return execute(parsed, values, CopyStreams.NONE);
  }

  private Result execute(
      ParsedStatement parsed, List<? extends @Nullable Object> values, CopyStreams streams) {
    if (closed) {
      throw new CaissonException(SqlState.CLOSED, "the session was closed");
    }
    var cancellation = new Cancellation();
    running = cancellation;
    try {
      return run(parsed, values, cancellation, streams);
    } catch (CompletionException | FDBException | CaissonException e) {
      RuntimeException error = StoreErrors.translate(e);
      if (error instanceof CaissonException known) {
        fail(known);
      }
      throw error;
    }
  }

  private void fail(CaissonException error) {
    if (transaction != null) {
      transaction.fail(error);
    }
  }

  /**
   * Runs what a program does in its transaction beside statements. An error fails the transaction.
   *
   * @throws CaissonException 08003 when the transaction is over, 25P02 when something in it failed
   */
  <T extends @Nullable Object> T within(Function<? super WorkingTransaction, T> body) {
    SessionTransaction current = transaction;
    if (current == null || closed) {
      throw new CaissonException(SqlState.CLOSED, "the transaction is over")
          .withHint("Use what belongs to a transaction within its function alone.");
    }
    checkNotFailed(current);
    try {
      return body.apply(current.working());
    } catch (CompletionException | FDBException | CaissonException e) {
      RuntimeException error = StoreErrors.translate(e);
      if (error instanceof CaissonException known) {
        fail(known);
      }
      throw error;
    }
  }

  private static void checkNotFailed(SessionTransaction transaction) {
    if (transaction.failure() != null) {
      throw new CaissonException(
              SqlState.IN_FAILED_TRANSACTION,
              "current transaction is aborted, commands ignored until end of transaction block")
          .withHint("ROLLBACK, then run the transaction again.");
    }
  }

  private Result run(
      ParsedStatement parsed,
      List<? extends @Nullable Object> values,
      Cancellation cancellation,
      CopyStreams streams) {
    SessionTransaction session = transaction;
    if (session != null && !parsed.endsTransaction()) {
      checkNotFailed(session);
    }
    for (int attempt = 1; ; attempt++) {
      boolean first = session == null || session.working().untouched();
      Catalog catalog =
          session == null ? services.runner().read(services.catalog()::read) : session.catalog();
      io.caisson.sql.Statement statement =
          services.sql().prepare(parsed, catalog, values, this::rows);
      if (statement instanceof io.caisson.sql.Statement.Transaction step) {
        return step(step);
      }
      try {
        return new StatementExecution(services, settings, catalog, cancellation, session, streams)
            .run(statement);
      } catch (CatalogMoved moved) {
        if (session != null) {
          session.catalogMoved(first);
        }
        if (attempt >= MOST_PREPARATIONS) {
          throw new CaissonException(
                  SqlState.SERIALIZATION_FAILURE, "definitions change faster than statements run")
              .withHint("Run it again.");
        }
      }
    }
  }

  private long rows(CatalogObject object) {
    return services
        .runner()
        .read(transaction -> services.stores().statistics().read(transaction, object.id()).rows());
  }

  private Result step(io.caisson.sql.Statement.Transaction step) {
    if (managed) {
      throw new CaissonException(
              SqlState.INVALID_TRANSACTION_TERMINATION,
              "the transaction begins and ends with the function that was given to transact")
          .withHint("Return from it to commit, throw to roll back.");
    }
    return switch (step.step()) {
      case BEGIN -> {
        if (transaction == null) {
          transaction = new SessionTransaction(services, step.readOnly());
        }
        yield new CommandResult("BEGIN");
      }
      case COMMIT -> new CommandResult(commit());
      case ROLLBACK -> {
        rollback();
        yield new CommandResult("ROLLBACK");
      }
    };
  }

  /** The error of the statement that failed in the transaction, or null. */
  @Nullable CaissonException failure() {
    return transaction == null ? null : transaction.failure();
  }

  /** Commits a transaction in which nothing may have failed. */
  void finish() {
    CaissonException failure = failure();
    if (failure != null) {
      throw failure;
    }
    var unused = commit();
  }

  /** Commits what has not failed; answers what was done. */
  private String commit() {
    SessionTransaction ended = transaction;
    if (ended == null) {
      return "COMMIT";
    }
    transaction = null;
    try (ended) {
      if (ended.failure() != null) {
        return "ROLLBACK";
      }
      ended.commit();
      return "COMMIT";
    }
  }

  private void rollback() {
    SessionTransaction ended = transaction;
    transaction = null;
    if (ended != null) {
      ended.close();
    }
  }

  @Override
  public void cancel() {
    running.cancel();
  }

  @Override
  public void close() {
    closed = true;
    running.cancel();
    rollback();
  }
}
