package io.caisson.sql.write;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.WriteSyntax;
import io.caisson.sql.validate.DeepCopy;
import io.caisson.sql.validate.ObjectType;
import io.caisson.sql.validate.ParameterTypes;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Columns that get values, and the expressions of these. Immutable.
 *
 * @param target whose columns
 * @param columns positions of the columns, each once
 * @param values an expression for each
 */
record Assignments(CatalogObject target, int[] columns, List<SqlNode> values) {
  /** Copies the list. */
  Assignments {
    values = List.copyOf(values);
  }

  /** What stands behind SET. */
  static Assignments of(
      List<WriteSyntax.Assignment> assignments, CatalogObject target, SqlErrors errors) {
    var names = new ArrayList<SqlNode>();
    var values = new ArrayList<SqlNode>();
    for (WriteSyntax.Assignment assignment : assignments) {
      names.addAll(assignment.columns());
      values.addAll(values(assignment, errors));
    }
    var list = new SqlNodeList(names, SqlParserPos.ZERO);
    int[] positions = TargetColumns.positions(list, target, errors);
    int[] kept = new int[positions.length];
    int count = 0;
    var expressions = new ArrayList<SqlNode>();
    for (int i = 0; i < positions.length; i++) {
      ColumnDefinition column = target.columns().get(positions[i]);
      SqlNode value = values.get(i);
      checkUpdatable(column, value, names.get(i), errors);
      // A generated column is computed anew whatever one says.
      if (!column.generated()) {
        kept[count++] = positions[i];
        expressions.add(valueOf(column, value, errors));
      }
    }
    return new Assignments(target, Arrays.copyOf(kept, count), expressions);
  }

  private static void checkUpdatable(
      ColumnDefinition column, SqlNode value, SqlNode place, SqlErrors errors) {
    boolean always =
        column.generated()
            || (column.value() instanceof ColumnValue.Identity identity && identity.always());
    if (always && !DefaultKeywords.isDefault(value)) {
      throw errors
          .at(
              SqlState.GENERATED_ALWAYS,
              "column \"" + column.name() + "\" can only be updated to DEFAULT",
              place.getParserPosition())
          .withHint(
              "Column \""
                  + column.name()
                  + "\" is "
                  + (column.generated()
                      ? "a generated column."
                      : "an identity column defined as GENERATED ALWAYS."));
    }
  }

  /** The values of a new row; columns whose value is DEFAULT are left out. */
  static Assignments ofNewRow(
      int[] columns, List<SqlNode> values, CatalogObject target, SqlErrors errors) {
    int[] kept = new int[columns.length];
    int count = 0;
    var expressions = new ArrayList<SqlNode>();
    for (int i = 0; i < columns.length; i++) {
      if (!DefaultKeywords.isDefault(values.get(i))) {
        ColumnDefinition column = target.columns().get(columns[i]);
        DefaultKeywords.checkWritable(column, values.get(i), errors);
        kept[count++] = columns[i];
        expressions.add(valueOf(column, values.get(i), errors));
      }
    }
    return new Assignments(target, Arrays.copyOf(kept, count), expressions);
  }

  /** DEFAULT as the value that a column has then, a place for a value as one of its type. */
  static SqlNode valueOf(ColumnDefinition column, SqlNode value, SqlErrors errors) {
    if (value instanceof SqlDynamicParam place) {
      return ParameterTypes.cast(place, column.type());
    }
    return DefaultKeywords.isDefault(value)
        ? DefaultKeywords.valueOf(column, value, errors)
        : value;
  }

  private static List<SqlNode> values(WriteSyntax.Assignment assignment, SqlErrors errors) {
    List<SqlNode> values = assignment.values();
    int wanted = assignment.columns().size();
    if (wanted > 1 && values.size() == 1 && SqlKind.QUERY.contains(values.get(0).getKind())) {
      return columnsOf(values.get(0), wanted, errors);
    }
    if (values.size() != wanted) {
      throw wrongNumber(assignment.values(), errors);
    }
    return values;
  }

  private static RuntimeException wrongNumber(SqlNode place, SqlErrors errors) {
    return errors.at(
        SqlState.SYNTAX_ERROR,
        "number of columns does not match number of values",
        place.getParserPosition());
  }

  /** A query of several columns as a query for each. */
  private static List<SqlNode> columnsOf(SqlNode query, int wanted, SqlErrors errors) {
    boolean simple =
        query instanceof SqlSelect select
            && !select.isDistinct()
            && select.getSelectList().stream().noneMatch(Assignments::star);
    if (!simple) {
      throw errors
          .unsupported(
              "a sub-query for several columns must be a SELECT of named columns without DISTINCT",
              query.getParserPosition())
          .withHint("Name the tables in FROM instead, or give each column a query of its own.");
    }
    var items = ((SqlSelect) query).getSelectList();
    if (items.size() != wanted) {
      throw wrongNumber(query, errors);
    }
    var queries = new ArrayList<SqlNode>();
    for (SqlNode item : items) {
      var one = (SqlSelect) DeepCopy.of(query);
      one.setSelectList(SqlNodeList.of(item));
      queries.add(one);
    }
    return queries;
  }

  private static boolean star(SqlNode item) {
    return item instanceof SqlIdentifier name && name.isStar();
  }

  /** The values, converted as PostgreSQL converts on assignment. */
  List<RexNode> converted(WriteScope scope, int firstItem, SqlErrors errors) {
    var converted = new ArrayList<RexNode>();
    for (int i = 0; i < columns.length; i++) {
      ColumnDefinition column = target.columns().get(columns[i]);
      RexNode value = scope.item(firstItem + i);
      converted.add(
          takesJsonText(target) && isText(value, column)
              ? ofText(value, column, scope.rex())
              : converted(value, column, scope.rex(), values.get(i), errors));
    }
    return converted;
  }

  /** Whether a text that is computed becomes JSONB there, as a constant does everywhere. */
  static boolean takesJsonText(CatalogObject target) {
    return target instanceof CollectionDefinition || target instanceof RecordTableDefinition;
  }

  /** Whether a value is a text for a column of JSONB. */
  static boolean isText(RexNode value, ColumnDefinition column) {
    return column.type().kind() == TypeKind.JSONB && SqlTypeUtil.isCharacter(value.getType());
  }

  /** The JSONB that a text says. */
  static RexNode ofText(RexNode text, ColumnDefinition column, RexBuilder rex) {
    SqlType type = column.type().withNullable(text.getType().isNullable());
    return rex.makeAbstractCast(SqlTypes.toCalcite(type, rex.getTypeFactory()), text, false);
  }

  /** A value as one of a column's type. */
  static RexNode converted(
      RexNode value, ColumnDefinition column, RexBuilder rex, SqlNode place, SqlErrors errors) {
    RelDataType given = value.getType();
    boolean constant = place.getKind() == SqlKind.VALUES && SqlTypeUtil.isCharacter(given);
    if (!constant && !InsertPlanner.assignable(given, column.type())) {
      String type = SqlTypes.fromCalcite(given).map(SqlType::sql).orElse(given.toString());
      throw LiteralValues.mismatch(column, type.toLowerCase(Locale.ROOT))
          .withPosition(errors.position(place.getParserPosition()));
    }
    RelDataType wanted =
        SqlTypes.toCalcite(column.type().withNullable(given.isNullable()), rex.getTypeFactory());
    // What is too long for an array of VARCHAR(n) is an error when the row is written.
    boolean texts =
        column.type().element() != null
            && column.type().elements().kind() == TypeKind.TEXT
            && given.getFamily() == wanted.getFamily();
    boolean same =
        given.getSqlTypeName() == wanted.getSqlTypeName()
            && wanted.getSqlTypeName() != SqlTypeName.DECIMAL
            && !(wanted instanceof ObjectType);
    return same || texts ? value : rex.makeAbstractCast(wanted, value, false);
  }
}
