package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.ParsedStatement;
import java.util.List;

/** A session on an open database. */
public final class EngineSession implements Session {
  private final SessionServices services;
  private final SessionSettings settings = new SessionSettings();
  private volatile Cancellation running = new Cancellation();
  private boolean closed;

  /** A session with the default settings. */
  public EngineSession(SessionServices services) {
    this.services = services;
  }

  /** A statement with the text that it was cut from. */
  private record TextStatement(ParsedStatement parsed) implements Statement {
    @Override
    public String text() {
      return parsed.text();
    }
  }

  @Override
  public Result execute(String sql) {
    List<Statement> statements = parse(sql);
    if (statements.size() != 1) {
      throw new CaissonException(
              SqlState.SYNTAX_ERROR, "expected one statement, found " + statements.size())
          .withHint("parse the text and execute its statements one by one");
    }
    return execute(statements.get(0));
  }

  @Override
  public List<Statement> parse(String text) {
    return services.sql().parse(text).stream().<Statement>map(TextStatement::new).toList();
  }

  @Override
  public Result execute(Statement statement) {
    if (closed) {
      throw new CaissonException(SqlState.CLOSED, "the session was closed");
    }
    if (!(statement instanceof TextStatement text)) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER, "the statement was not parsed by a session");
    }
    var cancellation = new Cancellation();
    running = cancellation;
    Catalog catalog = services.runner().read(services.catalog()::read);
    var execution = new StatementExecution(services, settings, catalog, cancellation);
    return execution.run(services.sql().prepare(text.parsed(), catalog, this::rows));
  }

  private long rows(CatalogObject object) {
    return services
        .runner()
        .read(transaction -> services.stores().statistics().read(transaction, object.id()).rows());
  }

  @Override
  public void cancel() {
    running.cancel();
  }

  @Override
  public void close() {
    closed = true;
    running.cancel();
  }
}
