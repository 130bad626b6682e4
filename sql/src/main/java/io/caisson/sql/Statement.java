package io.caisson.sql;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.Comments;
import io.caisson.catalog.FunctionDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewSettings;
import io.caisson.format.RowFormat;
import io.caisson.plan.Expression;
import io.caisson.plan.Plan;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.write.WritePlan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is understood: names looked up, types checked, queries planned against the
 * catalog that was given. What it does to the database is the engine's business. Immutable.
 */
public sealed interface Statement {
  /** What SHOW shows. */
  enum Shown {
    STREAMS,
    TABLES,
    COLLECTIONS,
    BUCKETS,
    VIEWS,
    SUBSCRIPTIONS,
    /** All settings. */
    ALL,
    /** The columns of the object that is named. */
    COLUMNS,
    /** The indexes of the table that is named, or of all tables. */
    INDEXES,
    /** The CREATE statement of the object that is named. */
    CREATE,
    /** The setting that is named. */
    OPTION
  }

  /**
   * CREATE STREAM.
   *
   * @param definition the stream, its id still 0
   * @param ifNotExists whether an object of the name is no error
   */
  record CreateStream(StreamDefinition definition, boolean ifNotExists) implements Statement {}

  /**
   * ALTER STREAM.
   *
   * @param stream the stream's name, or null where there is none, which IF EXISTS allowed
   * @param change what to change
   */
  record AlterStream(@Nullable String stream, StreamChange change) implements Statement {}

  /**
   * CREATE TABLE.
   *
   * @param definition the table, its id still 0
   * @param ifNotExists whether an object of the name is no error
   */
  record CreateTable(TableDefinition definition, boolean ifNotExists) implements Statement {}

  /**
   * CREATE INDEX.
   *
   * @param object the table, the collection or the materialized view
   * @param index the index, its number still 0
   * @param concurrently whether to return before a large table's rows are entered
   * @param ifNotExists whether a relation of the name is no error
   */
  record CreateIndex(
      IndexedRelation object, IndexDefinition index, boolean concurrently, boolean ifNotExists)
      implements Statement {}

  /**
   * DROP INDEX.
   *
   * @param name its name
   * @param object what has it, or null where there is none, which IF EXISTS allowed
   */
  record DropIndex(String name, @Nullable IndexedRelation object) implements Statement {}

  /**
   * ALTER TABLE.
   *
   * @param before the table, or null where there is none, which IF EXISTS allowed
   * @param after the table as it shall be; constraints that rows must still be held against are not
   *     validated in it, and their indexes being built
   * @param notNull ids of columns that become NOT NULL once no row has NULL there
   */
  record AlterTable(
      @Nullable TableDefinition before, @Nullable TableDefinition after, List<Integer> notNull)
      implements Statement {
    /** Copies the list. */
    public AlterTable {
      notNull = List.copyOf(notNull);
    }
  }

  /**
   * CREATE COLLECTION, CREATE BUCKET or CREATE RECORD TABLE.
   *
   * @param definition the object, its id still 0
   * @param ifNotExists whether an object of the name is no error
   */
  record CreateObject(CatalogObject definition, boolean ifNotExists) implements Statement {}

  /**
   * CREATE MATERIALIZED VIEW.
   *
   * @param name its name
   * @param ifNotExists whether an object of the name is no error
   * @param query the text of its query
   * @param plan the plan of its query
   * @param columns its columns
   * @param lateColumns the columns of its late rows; empty where it has no window
   * @param inputs the names of the objects that it reads
   * @param settings what it says about the view's life
   * @param replace whether it takes the place of a view of the name, which there is
   */
  record CreateView(
      String name,
      boolean ifNotExists,
      String query,
      Plan plan,
      List<ColumnDefinition> columns,
      List<ColumnDefinition> lateColumns,
      Set<String> inputs,
      ViewSettings settings,
      boolean replace)
      implements Statement {
    /** Copies the collections. */
    public CreateView {
      columns = List.copyOf(columns);
      lateColumns = List.copyOf(lateColumns);
      inputs = Set.copyOf(inputs);
    }
  }

  /** What ALTER MATERIALIZED VIEW makes a view do. */
  enum ViewCommand {
    PAUSE,
    RESUME
  }

  /**
   * ALTER MATERIALIZED VIEW.
   *
   * @param view the view, or null where there is none, which IF EXISTS allowed
   * @param command what it shall do
   */
  record AlterView(@Nullable ViewDefinition view, ViewCommand command) implements Statement {}

  /**
   * CREATE VIEW.
   *
   * @param definition the view, its id still 0 and its inputs not yet known by their ids
   * @param inputs the names of the objects that it reads
   * @param replace whether it takes the place of a view of the name
   * @param ifNotExists whether an object of the name is no error
   */
  record CreatePlainView(
      PlainViewDefinition definition, Set<String> inputs, boolean replace, boolean ifNotExists)
      implements Statement {
    /** Copies the names. */
    public CreatePlainView {
      inputs = Set.copyOf(inputs);
    }
  }

  /**
   * DROP of an object of the right kind.
   *
   * @param name its name
   * @param object the object, or null where there is none, which IF EXISTS allowed
   */
  record Drop(String name, @Nullable CatalogObject object) implements Statement {}

  /**
   * CREATE FUNCTION and CREATE AGGREGATE.
   *
   * @param function the function
   * @param replace whether it takes the place of one of the same name and arguments
   */
  record CreateFunction(FunctionDefinition function, boolean replace) implements Statement {}

  /**
   * DROP FUNCTION and DROP AGGREGATE.
   *
   * @param kind which of them
   * @param function the function, or null where there is none, which IF EXISTS allowed
   */
  record DropFunction(FunctionDefinition.Kind kind, @Nullable FunctionDefinition function)
      implements Statement {}

  /**
   * COMMENT ON.
   *
   * @param place what the comment is on
   * @param text the comment, or null for none
   */
  record Comment(Comments.Place place, @Nullable String text) implements Statement {}

  /**
   * A statement that changes rows.
   *
   * @param plan which, and how
   */
  record Write(WritePlan plan) implements Statement {}

  /**
   * COPY FROM.
   *
   * @param target what takes the rows
   * @param columns the positions of its columns that rows bring
   * @param end where they are read
   * @param format how they are written there
   * @param where the condition, over the target's columns, of rows that are copied; null for all
   */
  record CopyFrom(
      CatalogObject target,
      int[] columns,
      CopyEnd end,
      RowFormat format,
      @Nullable Expression where)
      implements Statement {}

  /**
   * COPY TO.
   *
   * @param query gives the rows
   * @param end where they are written
   * @param format how
   */
  record CopyTo(PreparedQuery query, CopyEnd end, RowFormat format) implements Statement {}

  /** What a statement does to the session's transaction. */
  enum TransactionStep {
    BEGIN,
    COMMIT,
    ROLLBACK
  }

  /**
   * BEGIN, COMMIT or ROLLBACK.
   *
   * @param step which
   * @param readOnly whether a transaction that begins may not write
   */
  record Transaction(TransactionStep step, boolean readOnly) implements Statement {}

  /**
   * A query.
   *
   * @param query how to run it
   */
  record Query(PreparedQuery query) implements Statement {}

  /**
   * SHOW.
   *
   * @param what what to show
   * @param name the setting's name for OPTION, else null
   * @param object the object for COLUMNS and CREATE, maybe for INDEXES, else null
   */
  record Show(Shown what, @Nullable String name, @Nullable CatalogObject object)
      implements Statement {}

  /**
   * EXPLAIN of a query.
   *
   * @param query the query
   * @param analyze whether it is run, and its steps measured
   * @param json whether the answer is JSON, not text
   * @param timing whether it says how long steps took
   */
  record ExplainQuery(PreparedQuery query, boolean analyze, boolean json, boolean timing)
      implements Statement {}

  /**
   * EXPLAIN MATERIALIZED VIEW.
   *
   * @param view the view
   * @param analyze whether it says what the view has done
   * @param timing whether it says how long that took
   */
  record ExplainView(CatalogObject view, boolean analyze, boolean timing) implements Statement {}

  /** EXPLAIN STORAGE. */
  record ExplainStorage() implements Statement {}

  /**
   * VACUUM.
   *
   * @param object what to tidy up, or null for everything
   */
  record Vacuum(@Nullable CatalogObject object) implements Statement {}

  /**
   * SUBSCRIBE to what has a name.
   *
   * @param target what to follow
   * @param options how
   */
  record Subscribe(CatalogObject target, SubscribeOptions options) implements Statement {}

  /**
   * SUBSCRIBE to a query.
   *
   * @param view a view of the query, its name still empty
   * @param options how to follow it
   */
  record SubscribeQuery(CreateView view, SubscribeOptions options) implements Statement {}

  /**
   * CREATE SUBSCRIPTION.
   *
   * @param definition the subscription, its id still 0
   * @param source what it follows
   * @param rows a view of all rows of the source, its name still empty, where that is a table or
   *     the like; else null
   * @param ifNotExists whether an object of the name is no error
   */
  record CreateSubscription(
      SubscriptionDefinition definition,
      CatalogObject source,
      @Nullable CreateView rows,
      boolean ifNotExists)
      implements Statement {}

  /**
   * ALTER SUBSCRIPTION.
   *
   * @param subscription the subscription, or null where there is none, which IF EXISTS allowed
   * @param change what becomes of it
   */
  record AlterSubscription(@Nullable SubscriptionDefinition subscription, SubscriptionChange change)
      implements Statement {}

  /**
   * ACKNOWLEDGE.
   *
   * @param subscription the subscription
   * @param token up to where, or null where that is a value that is still to be given
   */
  record Acknowledge(SubscriptionDefinition subscription, @Nullable String token)
      implements Statement {}

  /**
   * SET.
   *
   * @param name the setting
   * @param value its value as text, or null for DEFAULT
   */
  record SetOption(String name, @Nullable String value) implements Statement {}
}
