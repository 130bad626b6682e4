package io.caisson.sql.syntax;

import io.caisson.catalog.FunctionDefinition;
import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A statement of the dialect as it was written, names not yet looked up. Immutable. */
public sealed interface StatementSyntax {
  /** What DROP drops. */
  enum ObjectKind {
    STREAM,
    TABLE,
    COLLECTION,
    BUCKET,
    VIEW,
    MATERIALIZED_VIEW,
    SUBSCRIPTION,
    INDEX
  }

  /** What SHOW shows. */
  enum ShowKind {
    STREAMS,
    TABLES,
    COLLECTIONS,
    BUCKETS,
    VIEWS,
    SUBSCRIPTIONS,
    ALL,
    COLUMNS,
    INDEXES,
    CREATE,
    OPTION
  }

  /** CREATE STREAM. */
  record CreateStream(
      SqlIdentifier name,
      boolean replace,
      boolean ifNotExists,
      TableElements elements,
      SqlNodeList partitionBy,
      List<OptionSyntax> options)
      implements StatementSyntax {}

  /** CREATE CHANGELOG. */
  record CreateChangelog(
      SqlIdentifier name,
      boolean replace,
      boolean ifNotExists,
      SqlIdentifier table,
      List<OptionSyntax> options)
      implements StatementSyntax {}

  /** ALTER STREAM. */
  record AlterStream(SqlIdentifier name, boolean ifExists, StreamChangeSyntax change)
      implements StatementSyntax {}

  /** CREATE TABLE. */
  record CreateTable(
      SqlIdentifier name, boolean replace, boolean ifNotExists, TableElements elements)
      implements StatementSyntax {}

  /** CREATE RECORD TABLE. */
  record CreateRecordTable(SqlIdentifier name, boolean replace, boolean ifNotExists)
      implements StatementSyntax {}

  /** CREATE COLLECTION. */
  record CreateCollection(SqlIdentifier name, boolean replace, boolean ifNotExists)
      implements StatementSyntax {}

  /** CREATE BUCKET. */
  record CreateBucket(
      SqlIdentifier name, boolean replace, boolean ifNotExists, List<OptionSyntax> options)
      implements StatementSyntax {}

  /** CREATE VIEW, materialized or not; with the place of EMIT ON WINDOW CLOSE, if it says so. */
  record CreateView(
      SqlIdentifier name,
      boolean replace,
      boolean materialized,
      boolean ifNotExists,
      SqlNodeList columns,
      List<OptionSyntax> options,
      SqlNode query,
      @Nullable SqlParserPos emitOnClose)
      implements StatementSyntax {}

  /** What ALTER MATERIALIZED VIEW makes a view do. */
  enum ViewCommand {
    PAUSE,
    RESUME
  }

  /** ALTER MATERIALIZED VIEW. */
  record AlterView(SqlIdentifier name, boolean ifExists, ViewCommand command)
      implements StatementSyntax {}

  /** DROP. */
  record Drop(ObjectKind kind, SqlIdentifier name, boolean ifExists) implements StatementSyntax {}

  /** COMMENT ON an object or, where there is no kind, a column; no text stands for NULL. */
  record Comment(@Nullable ObjectKind kind, SqlIdentifier name, @Nullable SqlNode text)
      implements StatementSyntax {}

  /** CREATE FUNCTION and CREATE AGGREGATE. */
  record CreateFunction(FunctionSyntax function, boolean replace) implements StatementSyntax {}

  /** DROP FUNCTION and DROP AGGREGATE; no arguments stand for the only function of the name. */
  record DropFunction(
      FunctionDefinition.Kind kind,
      SqlIdentifier name,
      @Nullable List<SqlDataTypeSpec> arguments,
      boolean ifExists)
      implements StatementSyntax {}

  /** CREATE INDEX. */
  record CreateIndex(IndexSyntax index, boolean concurrently, boolean ifNotExists)
      implements StatementSyntax {}

  /** ALTER TABLE. */
  record AlterTable(SqlIdentifier table, boolean ifExists, List<TableChangeSyntax> changes)
      implements StatementSyntax {}

  /** SHOW; the name is there for COLUMNS, CREATE and OPTION, and may be for INDEXES. */
  record Show(ShowKind kind, @Nullable SqlIdentifier name) implements StatementSyntax {}

  /** EXPLAIN of a query, which ANALYZE also runs. */
  record ExplainQuery(SqlNode query, boolean analyze, boolean json, boolean timing)
      implements StatementSyntax {}

  /** EXPLAIN MATERIALIZED VIEW; ANALYZE says what it has done. */
  record ExplainView(SqlIdentifier name, boolean analyze, boolean timing)
      implements StatementSyntax {}

  /** EXPLAIN STORAGE. */
  record ExplainStorage() implements StatementSyntax {}

  /** VACUUM of one object, or of all. */
  record Vacuum(@Nullable SqlIdentifier name) implements StatementSyntax {}

  /** SUBSCRIBE to what has a name or to a query, one of which is null; maybe behind a token. */
  record Subscribe(
      @Nullable SqlIdentifier name,
      @Nullable ExpressionSyntax query,
      @Nullable SqlNode token,
      List<OptionSyntax> options)
      implements StatementSyntax {}

  /** CREATE SUBSCRIPTION. */
  record CreateSubscription(
      SqlIdentifier name,
      boolean replace,
      boolean ifNotExists,
      SqlIdentifier source,
      List<OptionSyntax> options)
      implements StatementSyntax {}

  /**
   * ALTER SUBSCRIPTION: SET where there are options, else RESET, to a token, a word, or as it was
   * created.
   */
  record AlterSubscription(
      SqlIdentifier name,
      boolean ifExists,
      @Nullable SqlNode to,
      @Nullable List<OptionSyntax> options)
      implements StatementSyntax {}

  /** ACKNOWLEDGE. */
  record Acknowledge(SqlIdentifier name, SqlNode token) implements StatementSyntax {}

  /** SET; no value stands for DEFAULT. */
  record SetOption(SqlIdentifier name, @Nullable SqlNode value) implements StatementSyntax {}

  /** What a statement does to the session's transaction. */
  enum TransactionKind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    /** SAVEPOINT, and what goes back to one or gives it up. */
    SAVEPOINT
  }

  /** BEGIN, COMMIT and their like. */
  record Transaction(TransactionKind kind, boolean readOnly) implements StatementSyntax {}

  /** COPY. */
  record Copy(CopySyntax copy) implements StatementSyntax {}

  /** A statement that changes rows. */
  record Write(WriteSyntax write) implements StatementSyntax {}
}
