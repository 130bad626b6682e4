package io.caisson.sql.write;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.sql.validate.ValidatedQuery;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Plans the source of an INSERT so that its rows have the types of the target's columns. Rows of
 * literals, the common case, are read off the syntax tree; anything else is planned as a query. For
 * one statement.
 */
public final class InsertPlanner {
  private final SqlErrors errors;
  private final Function<SqlNode, ValidatedQuery> validation;
  private final Function<ValidatedQuery, PreparedQuery> planning;
  private boolean jsonText;

  /**
   * A planner of one statement.
   *
   * @param errors makes errors with places in the statement
   * @param validation checks a query
   * @param planning plans a checked query
   */
  public InsertPlanner(
      SqlErrors errors,
      Function<SqlNode, ValidatedQuery> validation,
      Function<ValidatedQuery, PreparedQuery> planning) {
    this.errors = errors;
    this.validation = validation;
    this.planning = planning;
  }

  /** Says whether a text that is computed becomes JSONB, as a constant does everywhere. */
  InsertPlanner takingJsonText(boolean takes) {
    jsonText = takes;
    return this;
  }

  /** The rows to insert: values for the first of the given columns, in Java form. */
  public PreparedQuery source(SqlNode source, List<ColumnDefinition> columns, boolean named) {
    if (source.getKind() == SqlKind.VALUES && source instanceof SqlCall values) {
      List<@Nullable Object[]> rows = literals(values, columns, named);
      if (rows != null) {
        int width = rows.isEmpty() ? columns.size() : rows.get(0).length;
        return new ConstantRows(columns.subList(0, width), rows);
      }
    }
    ValidatedQuery query = validation.apply(plain(source, columns, errors));
    checkWidth(query.names().size(), columns.size(), named, source);
    return planning.apply(assigned(query, columns, source));
  }

  /** VALUES without DEFAULT, its places for values of the columns' types. */
  private static SqlNode plain(SqlNode source, List<ColumnDefinition> columns, SqlErrors errors) {
    if (!(source instanceof SqlCall values) || source.getKind() != SqlKind.VALUES) {
      return source;
    }
    var rows = new ArrayList<SqlNode>();
    for (SqlNode row : values.getOperandList()) {
      var cells = new ArrayList<SqlNode>();
      List<SqlNode> given =
          row instanceof SqlCall call && row.getKind() == SqlKind.ROW
              ? call.getOperandList()
              : List.of(row);
      for (int i = 0; i < given.size(); i++) {
        SqlNode cell = given.get(i);
        cells.add(i < columns.size() ? Assignments.valueOf(columns.get(i), cell, errors) : cell);
      }
      rows.add(SqlStdOperatorTable.ROW.createCall(row.getParserPosition(), cells));
    }
    return SqlStdOperatorTable.VALUES.createCall(source.getParserPosition(), rows);
  }

  /** The rows, or null where one has something else than literals. */
  private @Nullable List<@Nullable Object[]> literals(
      SqlCall values, List<ColumnDefinition> columns, boolean named) {
    var rows = new ArrayList<@Nullable Object[]>(values.operandCount());
    int width = -1;
    for (SqlNode node : values.getOperandList()) {
      List<SqlNode> cells =
          node instanceof SqlCall row && row.getKind() == SqlKind.ROW
              ? row.getOperandList()
              : List.of(node);
      checkWidth(cells.size(), columns.size(), named, node);
      if (width >= 0 && cells.size() != width) {
        throw errors.at(
            SqlState.SYNTAX_ERROR,
            "VALUES lists must all be the same length",
            node.getParserPosition());
      }
      width = cells.size();
      @Nullable Object[] row = new Object[width];
      for (int i = 0; i < width; i++) {
        row[i] = literal(cells.get(i), columns.get(i));
        if (row[i] == LiteralValues.NOT_LITERAL) {
          return null;
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private @Nullable Object literal(SqlNode cell, ColumnDefinition column) {
    try {
      return cell instanceof SqlDynamicParam place
          ? new ConstantRows.Place(place.getIndex())
          : LiteralValues.of(cell, column);
    } catch (CaissonException error) {
      throw error.withPosition(errors.position(cell.getParserPosition()));
    }
  }

  private void checkWidth(int given, int wanted, boolean named, SqlNode place) {
    checkWidth(given, wanted, named, place.getParserPosition(), errors);
  }

  /** Fails where there are more values than columns, or fewer than were named. */
  static void checkWidth(
      int given, int wanted, boolean named, SqlParserPos place, SqlErrors errors) {
    if (given > wanted) {
      throw errors.at(
          SqlState.SYNTAX_ERROR, "INSERT has more expressions than target columns", place);
    }
    if (named && given < wanted) {
      throw errors.at(
          SqlState.SYNTAX_ERROR, "INSERT has more target columns than expressions", place);
    }
  }

  private ValidatedQuery assigned(
      ValidatedQuery query, List<ColumnDefinition> columns, SqlNode source) {
    RelNode tree = query.tree();
    RexBuilder rex = tree.getCluster().getRexBuilder();
    var casts = new ArrayList<RexNode>();
    var names = new ArrayList<String>();
    List<RelDataTypeField> fields = tree.getRowType().getFieldList();
    for (int i = 0; i < fields.size(); i++) {
      ColumnDefinition column = columns.get(i);
      RexNode value = rex.makeInputRef(tree, i);
      casts.add(
          jsonText && Assignments.isText(value, column)
              ? Assignments.ofText(value, column, rex)
              : Assignments.converted(value, column, rex, source, errors));
      names.add(column.name());
    }
    RelNode project = LogicalProject.create(tree, List.of(), casts, names, java.util.Set.of());
    return new ValidatedQuery(project, names, query.nodes(), query.inputs());
  }

  /** Whether PostgreSQL would convert on assignment. A constant text counts as of any type. */
  public static boolean assignable(RelDataType given, SqlType target) {
    SqlTypeName name = given.getSqlTypeName();
    if (name == SqlTypeName.NULL || name == SqlTypeName.CHAR || target.kind() == TypeKind.TEXT) {
      return true;
    }
    return SqlTypes.fromCalcite(given).map(type -> assignable(type, target)).orElse(false);
  }

  private static boolean assignable(SqlType given, SqlType target) {
    if (given.element() == null || target.element() == null) {
      return assignable(given.kind(), target.kind());
    }
    TypeKind element = target.elements().kind();
    return element == TypeKind.TEXT || assignable(given.elements().kind(), element);
  }

  private static boolean assignable(TypeKind given, TypeKind target) {
    return given == target
        || (numeric(given) && numeric(target))
        || (time(given) && (time(target) || (target == TypeKind.TIME && given != TypeKind.DATE)));
  }

  private static boolean time(TypeKind kind) {
    return kind == TypeKind.DATE || kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMPTZ;
  }

  private static boolean numeric(TypeKind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC -> true;
      default -> false;
    };
  }
}
