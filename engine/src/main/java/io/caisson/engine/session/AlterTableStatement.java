package io.caisson.engine.session;

import com.apple.foundationdb.Transaction;
import io.caisson.Result;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.change.RelationPage;
import io.caisson.model.table.KeyRange;
import io.caisson.sql.Statement;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * ALTER TABLE. What needs no look at the rows is one transaction. A constraint first binds writers,
 * then the rows are held against it page by page, and then it is part of the definition; where a
 * row breaks it, the table is what it was before. For one thread.
 *
 * <pre>
 * with the new columns, checks and indexes → indexes built → with the new foreign keys
 *   → rows checked → all of it valid
 * </pre>
 */
final class AlterTableStatement {
  private static final int PAGE_BYTES = 256 << 10;
  private static final Result DONE = new CommandResult("ALTER TABLE");

  private final SessionServices services;
  private final Cancellation cancellation;

  AlterTableStatement(SessionServices services, Cancellation cancellation) {
    this.services = services;
    this.cancellation = cancellation;
  }

  Result alter(Statement.AlterTable alter) {
    TableDefinition before = alter.before();
    TableDefinition after = alter.after();
    if (before == null || after == null || (before.equals(after) && alter.notNull().isEmpty())) {
      return DONE;
    }
    TableDefinition wanted = withMissing(before, withNotNullChecks(after, alter.notNull()));
    List<IndexDefinition> building =
        wanted.indexes().stream().filter(index -> isNew(before, index)).toList();
    List<ForeignKeyDefinition> keys =
        wanted.foreignKeys().stream().filter(key -> !key.validated()).toList();
    boolean checks = wanted.checks().stream().anyMatch(check -> !check.validated());
    if (building.isEmpty() && keys.isEmpty() && !checks) {
      change(before, now -> wanted);
      return DONE;
    }
    refuseLosses(before, after);
    TableDefinition bound =
        wanted.withForeignKeys(
            wanted.foreignKeys().stream().filter(ForeignKeyDefinition::validated).toList());
    change(before, now -> bound);
    try {
      for (IndexDefinition index : building) {
        new IndexStatements(services, cancellation)
            .awaitOrAbandon(
                services.tableWork().builds().begin(before.id(), index.id()),
                before.id(),
                index.id());
      }
      change(wanted, now -> now.withForeignKeys(wanted.foreignKeys()));
      if (checks) {
        eachPage(wanted, (transaction, rows) -> check(wanted, rows));
      }
      for (ForeignKeyDefinition key : keys) {
        eachPage(
            wanted,
            (transaction, rows) ->
                services.stores().tables().checkReferences(transaction, wanted, key, rows));
      }
      change(wanted, now -> validated(now, alter.notNull()));
    } catch (CaissonException e) {
      restore(before);
      throw inOurWords(e, wanted, alter.notNull());
    }
    return DONE;
  }

  private static boolean isNew(TableDefinition before, IndexDefinition index) {
    return before.index(index.id()).isEmpty();
  }

  private static void refuseLosses(TableDefinition before, TableDefinition after) {
    Set<Integer> left = new HashSet<>();
    after.columns().forEach(column -> left.add(column.id()));
    after.indexes().forEach(index -> left.add(index.id()));
    boolean all =
        before.columns().stream().allMatch(column -> left.contains(column.id()))
            && before.indexes().stream().allMatch(index -> left.contains(index.id()));
    if (!all) {
      throw new CaissonException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "ALTER TABLE cannot drop something and add a constraint at once")
          .withHint("Use two statements.");
    }
  }

  /** Columns that are to be NOT NULL have a constraint while rows are looked at. */
  private static TableDefinition withNotNullChecks(TableDefinition table, List<Integer> columns) {
    var checks = new ArrayList<>(table.checks());
    for (int id : columns) {
      String condition = DefinitionText.quoted(table.columnOf(id).name()) + " IS NOT NULL";
      checks.add(new CheckDefinition(notNullName(id), condition, List.of(id), false));
    }
    return table.withChecks(checks);
  }

  private static String notNullName(int column) {
    return "$not_null_" + column;
  }

  /**
   * What rows from before hold in new columns, their defaults as they are now, and who knows them.
   */
  private TableDefinition withMissing(TableDefinition before, TableDefinition after) {
    Set<Integer> known =
        before.columns().stream().map(ColumnDefinition::id).collect(Collectors.toSet());
    TableDefinition result = after;
    long since = services.runner().read(tr -> services.catalog().nextId(tr.snapshot())) - 1;
    for (int i = 0; i < after.columns().size(); i++) {
      ColumnDefinition column = after.columns().get(i);
      if (known.contains(column.id())) {
        continue;
      }
      column = column.withSince(since);
      result = result.withColumn(column);
      if (column.value() instanceof ColumnValue.Default) {
        Object missing = services.tableWork().rows().missing(after, i);
        if (missing == null && !column.type().nullable()) {
          throw new CaissonException(
              SqlState.NOT_NULL_VIOLATION,
              "column \""
                  + column.name()
                  + "\" of relation \""
                  + after.name()
                  + "\" contains null values");
        }
        result = result.withColumn(column.withMissing(missing));
      }
    }
    return result;
  }

  /** Replaces the definition, where nobody else did meanwhile. */
  private void change(TableDefinition expected, UnaryOperator<TableDefinition> change) {
    var unused =
        services
            .runner()
            .run(
                transaction -> {
                  TableDefinition now =
                      IndexStatements.current(services.catalog().read(transaction), expected);
                  TableDefinition changed = change.apply(now);
                  checkViews(services.catalog().read(transaction), now, changed);
                  checkSince(now, changed, services.catalog().nextId(transaction) - 1);
                  now.indexes().stream()
                      .filter(index -> changed.index(index.id()).isEmpty())
                      .forEach(
                          index -> services.tableWork().builds().forget(transaction, now, index));
                  services.catalog().replace(transaction, changed);
                  return true;
                });
  }

  /** What was created since the statement was understood would not be older than a new column. */
  private static void checkSince(TableDefinition before, TableDefinition after, long last) {
    boolean moved =
        after.columns().stream()
            .filter(column -> before.columns().stream().noneMatch(c -> c.id() == column.id()))
            .anyMatch(column -> column.since() != last);
    if (moved) {
      throw new CaissonException(
              SqlState.SERIALIZATION_FAILURE,
              "an object was created while table \"" + before.name() + "\" was altered")
          .withHint("Run the statement again.");
    }
  }

  /** A view may have come since the statement was understood. */
  private static void checkViews(Catalog catalog, TableDefinition before, TableDefinition after) {
    if (catalog.feedsViews(before.id()) && !sameToViews(before, after)) {
      throw new CaissonException(
              SqlState.DEPENDENT_OBJECTS,
              "cannot change table \""
                  + before.name()
                  + "\": "
                  + String.join(", ", catalog.readersOf(before.id()))
                  + " came to read it meanwhile")
          .withHint("Drop them first.");
    }
  }

  private static boolean sameToViews(TableDefinition before, TableDefinition after) {
    boolean same = before.name().equals(after.name());
    for (ColumnDefinition old : before.columns()) {
      int place = after.columns().stream().map(ColumnDefinition::id).toList().indexOf(old.id());
      if (!same || place < 0) {
        return false;
      }
      ColumnDefinition now = after.columns().get(place);
      SqlType asBefore = now.type().withNullable(old.type().nullable());
      boolean widened = now.type().nullable() && !old.type().nullable();
      same = old.name().equals(now.name()) && old.type().equals(asBefore) && !widened;
    }
    return same;
  }

  private static TableDefinition validated(TableDefinition table, List<Integer> notNull) {
    TableDefinition result =
        table
            .withForeignKeys(table.foreignKeys().stream().map(k -> k.withValidated(true)).toList())
            .withChecks(
                table.checks().stream()
                    .filter(check -> notNull.stream().noneMatch(id -> isNotNull(check, id)))
                    .map(
                        check ->
                            new CheckDefinition(
                                check.name(), check.condition(), check.columns(), true))
                    .toList());
    for (int id : notNull) {
      ColumnDefinition column = result.columnOf(id);
      result = result.withColumn(column.withType(column.type().withNullable(false)));
    }
    return result;
  }

  private static boolean isNotNull(CheckDefinition check, int column) {
    return check.name().equals(notNullName(column));
  }

  /** Puts the table back to what it was; numbers that were given are not given again. */
  private void restore(TableDefinition before) {
    var unused =
        services
            .runner()
            .run(
                transaction -> {
                  Optional<TableDefinition> now =
                      services
                          .catalog()
                          .read(transaction)
                          .find(before.id())
                          .filter(TableDefinition.class::isInstance)
                          .map(TableDefinition.class::cast);
                  now.ifPresent(table -> restore(transaction, before, table));
                  return true;
                });
  }

  private void restore(Transaction transaction, TableDefinition before, TableDefinition now) {
    now.indexes().stream()
        .filter(index -> isNew(before, index))
        .forEach(index -> services.tableWork().builds().forget(transaction, now, index));
    services
        .catalog()
        .replace(
            transaction,
            new TableDefinition(
                before.id(),
                before.name(),
                before.columns(),
                before.primaryKey(),
                now.nextNumber(),
                before.rules()));
  }

  private void check(TableDefinition table, Columns rows) {
    services.tableWork().rows().check(table, rows);
  }

  private void eachPage(TableDefinition table, BiConsumer<Transaction, Columns> action) {
    byte[] next = null;
    do {
      cancellation.check();
      byte[] after = next;
      RelationPage read =
          services
              .runner()
              .run(
                  transaction -> {
                    RelationPage page =
                        services
                            .stores()
                            .tables()
                            .page(transaction, table, KeyRange.ALL, after, PAGE_BYTES);
                    action.accept(transaction, page.rows());
                    return page;
                  });
      next = read.next();
    } while (next != null);
  }

  private static CaissonException inOurWords(
      CaissonException error, TableDefinition table, List<Integer> notNull) {
    String message = String.valueOf(error.getMessage());
    if (error.state() != SqlState.CHECK_VIOLATION) {
      return error;
    }
    for (int id : notNull) {
      if (message.contains(notNullName(id))) {
        return new CaissonException(
            SqlState.NOT_NULL_VIOLATION,
            "column \""
                + table.columnOf(id).name()
                + "\" of relation \""
                + table.name()
                + "\" contains null values");
      }
    }
    String constraint = message.substring(message.indexOf("check constraint"));
    return new CaissonException(
            SqlState.CHECK_VIOLATION,
            constraint + " of relation \"" + table.name() + "\" is violated by some row")
        .withHint(String.valueOf(error.hint()));
  }
}
