package io.caisson.engine.session;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.transaction.StoreErrors;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.write.WritePlan;
import io.caisson.time.Clock;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts a statement that changes rows into a transaction: the session's, or one of its own that is
 * tried again until it has happened. For one thread.
 */
final class WriteExecution {
  /** How long a transaction may be open before the store forgets its version, less a margin. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(4_500);

  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;
  private final Clock clock = Clock.system();

  WriteExecution(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
  }

  Result run(WritePlan plan, @Nullable SessionTransaction session) {
    WriteStatements.Outcome outcome = session == null ? alone(plan) : within(plan, session);
    return outcome.columns().isEmpty()
        ? new CommandResult(outcome.tag())
        : RowResult.of(outcome.tag(), outcome.columns(), outcome.rows());
  }

  private WriteStatements.Outcome within(WritePlan plan, SessionTransaction session) {
    if (session.readOnly()) {
      throw new CaissonException(
              SqlState.READ_ONLY_TRANSACTION,
              "cannot execute " + plan.command() + " in a read-only transaction")
          .withHint("COMMIT, and BEGIN without READ ONLY.");
    }
    WriteStatements.Outcome outcome = once(plan, session.working());
    session.working().checkSize();
    return outcome;
  }

  private WriteStatements.Outcome alone(WritePlan plan) {
    if (settings.statementChunks() && ChunkedWrites.concerns(plan)) {
      return new ChunkedWrites(services, settings, catalog, cancellation).run(plan);
    }
    if (settings.statementChunks() && plan instanceof WritePlan.Insert insert) {
      return new ChunkedInsert(services, settings, catalog, cancellation).run(insert);
    }
    if (settings.statementChunks() && plan instanceof WritePlan.Truncate truncate) {
      return new ChunkedTruncate(services, catalog, cancellation).run(truncate);
    }
    var attempts = new Attempts();
    return services
        .runner()
        .run(
            transaction -> {
              attempts.begin();
              return attempt(plan, transaction, attempts);
            });
  }

  private WriteStatements.Outcome attempt(
      WritePlan plan, Transaction transaction, Attempts attempts) {
    try {
      return once(plan, new WorkingTransaction(services, transaction));
    } catch (RuntimeException e) {
      boolean tooOld =
          StoreErrors.unwrap(e) instanceof FDBException store && store.getCode() == 1007;
      if (tooOld && attempts.elapsed() > LONGEST_NANOS) {
        throw tooLong();
      }
      throw e;
    }
  }

  private WriteStatements.Outcome once(WritePlan plan, WorkingTransaction working) {
    var inputs = new TreeSet<String>();
    plan.queries().stream().map(PreparedQuery::inputs).forEach(inputs::addAll);
    try (var reads = new TransactionReads(services, settings, catalog, cancellation, working)) {
      DatabaseScan scan = reads.open(inputs, true);
      if (services.catalog().version(working.transaction()) != catalog.version()) {
        throw new CatalogMoved();
      }
      return new WriteStatements(working, scan).run(plan);
    }
  }

  private static CaissonException tooLong() {
    return new CaissonException(
            SqlState.TRANSACTION_TOO_LARGE,
            "the statement takes longer than the five seconds that a transaction may")
        .withHint(
            "Change fewer rows at a time, or SET statement_chunks = on to let it run in several"
                + " transactions.");
  }

  /** Sees to it that a statement that can't be done in time is not tried forever. */
  private final class Attempts {
    private static final int MOST_LONG = 2;

    private long begun;
    private int longOnes = -1;

    void begin() {
      if (longOnes >= 0 && elapsed() > LONGEST_NANOS && ++longOnes >= MOST_LONG) {
        throw tooLong();
      }
      longOnes = Math.max(0, longOnes);
      begun = clock.monotonicNanos();
    }

    long elapsed() {
      return clock.monotonicNanos() - begun;
    }
  }
}
