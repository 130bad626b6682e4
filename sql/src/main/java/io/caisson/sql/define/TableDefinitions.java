package io.caisson.sql.define;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.ColumnSyntax;
import io.caisson.sql.syntax.ConstraintSyntax;
import io.caisson.sql.syntax.ExpressionSyntax;
import io.caisson.sql.syntax.IndexSyntax;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.syntax.TableElements;
import io.caisson.sql.validate.ColumnTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Makes definitions of CREATE TABLE and CREATE INDEX. For one statement. */
public final class TableDefinitions {
  /** The name of the number that stands in for a primary key. */
  static final String ROW_NUMBER = "$row";

  private static final Map<String, TypeKind> SERIAL =
      Map.of(
          "SMALLSERIAL", TypeKind.SMALLINT,
          "SERIAL2", TypeKind.SMALLINT,
          "SERIAL", TypeKind.INTEGER,
          "SERIAL4", TypeKind.INTEGER,
          "BIGSERIAL", TypeKind.BIGINT,
          "SERIAL8", TypeKind.BIGINT);

  private final SqlErrors errors;
  private final ColumnExpressions expressions;
  private final TableRules rules;

  /**
   * Definitions of one statement.
   *
   * @param catalog all objects there are
   * @param errors makes errors with places in the statement
   * @param expressions plans the statement's expressions
   * @param text the statement's text at a place
   */
  public TableDefinitions(
      Catalog catalog,
      SqlErrors errors,
      ColumnExpressions expressions,
      Function<SqlParserPos, String> text) {
    this.errors = errors;
    this.expressions = expressions;
    this.rules = new TableRules(catalog, errors, expressions, text);
  }

  TableRules rules() {
    return rules;
  }

  /** The table of a CREATE TABLE, its number still 0. */
  public TableDefinition table(StatementSyntax.CreateTable create) {
    TableElements elements = create.elements();
    if (!elements.watermarks().isEmpty()) {
      throw errors
          .at(
              SqlState.INVALID_DEFINITION,
              "a table has no watermark",
              elements.watermarks().get(0).position())
          .withHint("Use CREATE STREAM for rows with event time.");
    }
    String name = create.name().getSimple();
    List<SqlIdentifier> key = primaryKey(create);
    List<String> keyNames = key.stream().map(SqlIdentifier::getSimple).toList();
    var columns = new ArrayList<ColumnDefinition>();
    var names = new HashSet<String>();
    for (ColumnSyntax syntax : elements.columns()) {
      if (!names.add(syntax.name().getSimple())) {
        throw duplicate(syntax.name());
      }
      columns.add(column(syntax, keyNames.contains(syntax.name().getSimple())));
    }
    var primaryKey = new ArrayList<Integer>();
    for (SqlIdentifier part : key) {
      int position =
          columns.stream().map(ColumnDefinition::name).toList().indexOf(part.getSimple());
      if (position < 0) {
        throw errors.at(
            SqlState.UNDEFINED_COLUMN,
            "column \"" + part.getSimple() + "\" named in key does not exist",
            part.getParserPosition());
      }
      if (primaryKey.contains(position)) {
        throw duplicate(part);
      }
      primaryKey.add(position);
    }
    if (primaryKey.isEmpty()) {
      primaryKey.add(columns.size());
      columns.add(rowNumber());
    }
    var table = new TableDefinition(0, name, columns, primaryKey);
    checkGenerated(table, elements.columns());
    for (ConstraintSyntax constraint : elements.constraints()) {
      table = rules.with(table, constraint, true);
    }
    return table;
  }

  private RuntimeException duplicate(SqlIdentifier column) {
    return errors.at(
        SqlState.DUPLICATE_COLUMN,
        "column \"" + column.getSimple() + "\" specified more than once",
        column.getParserPosition());
  }

  private static ColumnDefinition rowNumber() {
    return new ColumnDefinition(ROW_NUMBER, SqlType.of(TypeKind.BIGINT).withNullable(false))
        .withValue(new ColumnValue.RowNumber());
  }

  private List<SqlIdentifier> primaryKey(StatementSyntax.CreateTable create) {
    TableElements elements = create.elements();
    List<SqlIdentifier> inline =
        elements.columns().stream()
            .filter(ColumnSyntax::primaryKey)
            .map(ColumnSyntax::name)
            .toList();
    if (inline.size() + elements.primaryKeys().size() > 1) {
      throw errors.at(
          SqlState.INVALID_DEFINITION,
          "multiple primary keys for table \"" + create.name().getSimple() + "\" are not allowed",
          create.name().getParserPosition());
    }
    if (elements.primaryKeys().isEmpty()) {
      return inline;
    }
    SqlNodeList key = elements.primaryKeys().get(0);
    return key.stream().map(SqlIdentifier.class::cast).toList();
  }

  /** A column, its expressions not yet planned over the others. */
  ColumnDefinition column(ColumnSyntax syntax, boolean inKey) {
    String name = syntax.name().getSimple();
    SqlParserPos place = syntax.name().getParserPosition();
    TypeKind serial = SERIAL.get(syntax.type().getTypeName().getSimple().toUpperCase(Locale.ROOT));
    boolean identity = serial != null || syntax.identity() != null;
    if (syntax.values() + (serial == null ? 0 : 1) > 1) {
      throw errors.at(
          SqlState.SYNTAX_ERROR,
          "multiple default, identity or generation clauses specified for column \"" + name + "\"",
          place);
    }
    if (syntax.arrival()) {
      throw errors
          .at(SqlState.INVALID_DEFINITION, "only streams have columns AS PROCTIME()", place)
          .withHint("Write TIMESTAMP DEFAULT LOCALTIMESTAMP.");
    }
    boolean nullable = !syntax.notNull() && !inKey && !identity;
    SqlType type =
        serial != null
            ? SqlType.of(serial).withNullable(false)
            : ColumnTypes.of(syntax.type(), nullable, errors);
    var column = new ColumnDefinition(name, type);
    ExpressionSyntax generated = syntax.generated();
    if (generated != null) {
      if (inKey) {
        throw errors.unsupported("a primary key with a generated column is not supported", place);
      }
      return column.withValue(new ColumnValue.Generated(rules.textOf(generated)));
    }
    if (identity) {
      if (!integer(type.kind())) {
        throw errors.at(
            SqlState.INVALID_PARAMETER,
            "identity column type must be smallint, integer, or bigint",
            place);
      }
      return column.withValue(new ColumnValue.Identity(Boolean.TRUE.equals(syntax.identity())));
    }
    return withDefault(column, syntax.defaultValue());
  }

  private static boolean integer(TypeKind kind) {
    return kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
  }

  /** The column with a default, which must make sense for its type. */
  ColumnDefinition withDefault(ColumnDefinition column, @Nullable ExpressionSyntax value) {
    if (value == null) {
      return column;
    }
    SqlNode node = value.node();
    var unused = expressions.defaultOf(column, node);
    return column.withValue(new ColumnValue.Default(rules.textOf(value)));
  }

  private void checkGenerated(TableDefinition table, List<ColumnSyntax> columns) {
    for (ColumnSyntax syntax : columns) {
      ExpressionSyntax generated = syntax.generated();
      if (generated == null) {
        continue;
      }
      ColumnDefinition column = table.columns().get(table.position(syntax.name().getSimple()));
      var planned = expressions.generated(table, generated.node(), column.type());
      for (int id : planned.columns()) {
        if (table.columnOf(id).generated()) {
          throw errors
              .at(
                  SqlState.INVALID_EXPRESSION,
                  "cannot use generated column \""
                      + table.columnOf(id).name()
                      + "\" in column generation expression",
                  generated.node().getParserPosition())
              .withHint("A generated column cannot reference another generated column.");
        }
      }
    }
  }

  /** The index of a CREATE INDEX, its number still 0. */
  public IndexDefinition index(IndexedRelation object, IndexSyntax syntax) {
    if (object instanceof ViewDefinition view) {
      checkOfView(view, syntax);
    }
    if (object instanceof CollectionDefinition && !syntax.included().isEmpty()) {
      throw errors
          .unsupported(
              "an index of a collection cannot include columns",
              syntax.included().getParserPosition())
          .withHint("What it finds is read from the documents.");
    }
    return rules.index(object.asTable(), syntax);
  }

  private void checkOfView(ViewDefinition view, IndexSyntax syntax) {
    SqlParserPos place = syntax.table().getParserPosition();
    if (view.replacement()) {
      throw errors
          .unsupported("an index of \"" + view.name() + "\" cannot be created", place)
          .withHint("It is about to take another name: wait until it has.");
    }
    if (syntax.unique()) {
      throw errors
          .unsupported("a unique index on a materialized view is not supported", place)
          .withHint("What is unique in it follows from its query. Leave UNIQUE out.");
    }
    for (IndexSyntax.Key key : syntax.keys()) {
      if (!(key.expression().node() instanceof SqlIdentifier id && id.isSimple())) {
        throw errors
            .unsupported(
                "an index of a materialized view cannot be on an expression",
                key.expression().node().getParserPosition())
            .withHint("Make the expression a column of the view.");
      }
    }
  }
}
