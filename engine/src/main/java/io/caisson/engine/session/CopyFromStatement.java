package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COPY FROM: in the session's transaction as a whole, else in as many transactions as it takes,
 * each for a page of rows. For one thread.
 */
final class CopyFromStatement {
  private final Statement.CopyFrom copy;
  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private final CopyCondition condition;

  CopyFromStatement(
      Statement.CopyFrom copy,
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.copy = copy;
    this.condition = new CopyCondition(copy);
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
  }

  Result run(CopyStreams streams, @Nullable SessionTransaction transaction) {
    if (transaction != null) {
      check(transaction);
    }
    try (CopyRows rows = CopyRows.open(copy, streams, settings.timeZone(), cancellation)) {
      long count = transaction == null ? alone(rows) : within(rows, transaction);
      return new CommandResult("COPY " + count);
    }
  }

  /** Nothing is read from a stream before it is clear that the rows can be written. */
  private void check(SessionTransaction session) {
    if (session.readOnly()) {
      throw new CaissonException(
              SqlState.READ_ONLY_TRANSACTION, "cannot execute COPY FROM in a read-only transaction")
          .withHint("COMMIT, and BEGIN without READ ONLY.");
    }
    if (services.catalog().version(session.working().transaction()) != catalog.version()) {
      throw new CatalogMoved();
    }
  }

  private long within(CopyRows rows, SessionTransaction session) {
    WorkingTransaction working = session.working();
    long count = 0;
    for (Columns page = rows.next(ChunkedWrites.CHUNK_BYTES);
        page != null;
        page = rows.next(ChunkedWrites.CHUNK_BYTES)) {
      cancellation.check();
      try {
        count += write(page, working);
      } catch (CaissonException e) {
        throw rows.placed(e, culprit(page, e, working));
      }
      if (working.transaction().getApproximateSize().join() > RowBuffer.MOST_BYTES) {
        throw new CaissonException(
                SqlState.TRANSACTION_TOO_LARGE,
                "the transaction has written more than the "
                    + RowBuffer.MOST_BYTES / 1_000_000
                    + " MB that one may")
            .withHint("COPY outside of BEGIN ... COMMIT runs in as many transactions as it takes.");
      }
    }
    return count;
  }

  private long alone(CopyRows rows) {
    long count = 0;
    int transactions = 0;
    try (RunningStatements.Running running =
        services.stores().live().begin("COPY", copy.target())) {
      for (Columns page = rows.next(ChunkedWrites.CHUNK_BYTES);
          page != null;
          page = rows.next(ChunkedWrites.CHUNK_BYTES)) {
        cancellation.check();
        count += store(page, rows);
        transactions++;
        running.committed(count, transactions);
      }
    } catch (CaissonException e) {
      throw transactions == 0 ? e : ChunkedWrites.interrupted(e, count, transactions);
    }
    return count;
  }

  private long store(Columns page, CopyRows rows) {
    try {
      return services
          .runner()
          .run(
              transaction -> {
                if (services.catalog().version(transaction) != catalog.version()) {
                  throw ChunkedWrites.moved();
                }
                return write(page, new WorkingTransaction(services, transaction));
              });
    } catch (CaissonException e) {
      try (Transaction unfinished = services.stores().begin().get()) {
        var working = new WorkingTransaction(services, unfinished);
        throw rows.placed(e, culprit(page, e, working));
      }
    }
  }

  /** How many rows were written. */
  private long write(Columns page, WorkingTransaction working) {
    Columns whole = condition.kept(working.complete(copy.target(), copy.columns(), page));
    var unused = working.insert(copy.target(), whole);
    return whole.size();
  }

  /**
   * The row that an error is about: the first that can't be written when they come one by one.
   *
   * @param working a transaction that will not be committed
   * @return its place in the page, or −1 where it is not found
   */
  private int culprit(Columns page, CaissonException error, WorkingTransaction working) {
    if (error.state().fault() != SqlState.Fault.USER || error.state().retryable()) {
      return -1;
    }
    for (int row = 0; row < page.size(); row++) {
      try {
        write(RowSets.rows(page, List.of(row)), working);
      } catch (CaissonException e) {
        return e.state() == error.state() ? row : -1;
      }
    }
    return -1;
  }
}
