package io.caisson.engine.session;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.KeyedObject;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.change.RelationPage;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.run.ScanRequest;
import io.caisson.sql.run.ScanSource;
import io.caisson.sql.write.WritePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE and DELETE in as many transactions as it takes, each for one page of the table or other
 * object in the order of its primary key. Every row is changed once, as it is when its page's turn
 * comes; others may see some pages changed and some not. For one thread.
 *
 * <pre>
 *   table   │ page 1 │ page 2 │ page 3 …
 *   scan       ▲ transaction 1: sees page 1 alone
 *                       ▲ transaction 2
 * </pre>
 */
final class ChunkedWrites {
  static final int CHUNK_BYTES = 256 << 10;

  private final SessionServices services;
  private final SessionSettings settings;
  private final Catalog catalog;
  private final Cancellation cancellation;

  ChunkedWrites(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.services = services;
    this.settings = settings;
    this.catalog = catalog;
    this.cancellation = cancellation;
  }

  /** Whether a statement is one that can run so; others run in one transaction. */
  static boolean concerns(WritePlan plan) {
    return plan instanceof WritePlan.Update || plan instanceof WritePlan.Delete;
  }

  /**
   * What one transaction did.
   *
   * @param count how many rows it changed
   * @param next behind which key the next page begins, or null where this was the last
   */
  private record Chunk(long count, byte @Nullable [] next) {}

  WriteStatements.Outcome run(WritePlan plan) {
    KeyedObject table = (KeyedObject) plan.target();
    check(plan, table);
    try (RunningStatements.Running running =
        services.stores().live().begin(plan.command(), table)) {
      long count = run(plan, table, running);
      return new WriteStatements.Outcome(plan.command() + " " + count, count, List.of(), List.of());
    }
  }

  private long run(WritePlan plan, KeyedObject table, RunningStatements.Running running) {
    long count = 0;
    int transactions = 0;
    byte[] after = null;
    do {
      Chunk chunk;
      try {
        cancellation.check();
        byte[] from = after;
        chunk =
            services
                .runner()
                .run(
                    transaction ->
                        chunk(plan, table, new WorkingTransaction(services, transaction), from));
      } catch (CaissonException e) {
        throw transactions == 0 ? e : interrupted(e, count, transactions);
      }
      count += chunk.count();
      transactions++;
      running.committed(count, transactions);
      after = chunk.next();
    } while (after != null);
    return count;
  }

  private static void check(WritePlan plan, KeyedObject table) {
    if (plan.returning() != null) {
      throw refusal("RETURNING is not possible");
    }
    PreparedQuery source = plan.queries().get(0);
    if (source.scansOf(table.name()) > 1) {
      throw refusal("the statement must not read the table that it changes a second time");
    }
    boolean movesRows =
        plan instanceof WritePlan.Update update
            && Arrays.stream(update.columns()).anyMatch(table.primaryKey()::contains);
    if (movesRows) {
      throw refusal("the primary key can't be changed");
    }
  }

  static CaissonException refusal(String what) {
    return new CaissonException(
            SqlState.FEATURE_NOT_SUPPORTED, "while statement_chunks is on, " + what)
        .withHint("SET statement_chunks = off, so that the statement is one transaction.");
  }

  private Chunk chunk(
      WritePlan plan, KeyedObject table, WorkingTransaction working, byte @Nullable [] from) {
    var inputs = new TreeSet<String>();
    plan.queries().stream().map(PreparedQuery::inputs).forEach(inputs::addAll);
    try (var reads = new TransactionReads(services, settings, catalog, cancellation, working)) {
      DatabaseScan scan = reads.open(inputs, true);
      if (services.catalog().version(working.transaction()) != catalog.version()) {
        throw from == null ? new CatalogMoved() : moved();
      }
      var page = new Page(table, working, scan, from);
      long count = new WriteStatements(working, page).run(plan).count();
      return new Chunk(count, page.next);
    }
  }

  static CaissonException moved() {
    return new CaissonException(
            SqlState.SERIALIZATION_FAILURE, "definitions have changed since the statement began")
        .withHint("Run the statement again.");
  }

  static CaissonException interrupted(CaissonException e, long count, int transactions) {
    var error =
        new CaissonException(
                e.state(),
                e.getMessage()
                    + " (after "
                    + count
                    + " rows in "
                    + transactions
                    + " transactions, which stay)",
                e)
            .withPosition(e.position());
    String hint = e.hint();
    return hint == null ? error : error.withHint(hint);
  }

  /** A scan that sees one page of the table alone. */
  private final class Page implements ScanSource {
    private final KeyedObject table;
    private final WorkingTransaction working;
    private final ScanSource others;
    private final byte @Nullable [] after;
    private byte @Nullable [] next;

    Page(
        KeyedObject table, WorkingTransaction working, ScanSource others, byte @Nullable [] after) {
      this.table = table;
      this.working = working;
      this.others = others;
      this.after = after;
    }

    @Override
    public Iterator<Columns> scan(CatalogObject object, ScanRequest request) {
      if (object.id() != table.id()) {
        return others.scan(object, request);
      }
      RelationPage page =
          ObjectPages.read(
              services.stores(),
              working.transaction(),
              (KeyedObject) object,
              request,
              after,
              CHUNK_BYTES);
      next = page.next();
      var columns = new ArrayList<Column>();
      for (int column : request.columns()) {
        columns.add(page.rows().column(column));
      }
      return List.of(new Columns(columns, page.rows().size())).iterator();
    }

    @Override
    public void check() {
      others.check();
    }

    @Override
    public long memory() {
      return others.memory();
    }
  }
}
