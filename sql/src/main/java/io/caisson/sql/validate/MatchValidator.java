package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.MatchRecognizeScope;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, with MATCH_RECOGNIZE as the standard has it: all measures and conditions
 * keep their places and their form, {@link MatchExpressions} says what they may be, and nothing is
 * silently dropped. For one query.
 */
abstract class MatchValidator extends FrameValidator {
  private final SqlErrors errors;

  MatchValidator(
      SqlOperatorTable operators,
      SqlValidatorCatalogReader names,
      RelDataTypeFactory types,
      Config config,
      SqlErrors errors) {
    super(operators, names, types, config, errors);
    this.errors = errors;
  }

  @Override
  public void validateMatchRecognize(SqlCall call) {
    var match = (SqlMatchRecognize) call;
    var scope = (MatchRecognizeScope) getMatchRecognizeScope(match);
    Map<String, RelDataType> columns = new LinkedHashMap<>();
    for (SqlNode node : match.getPartitionList()) {
      SqlIdentifier column = column(node, "PARTITION BY", scope);
      columns.put(MatchSyntax.columnName(column), deriveType(scope, column));
    }
    match.setOperand(SqlMatchRecognize.OPERAND_ORDER_BY, order(match.getOrderList(), scope));
    if (isAllRows(match)) {
      columns.clear();
      visibleColumns(match).forEach(field -> columns.put(field.getName(), field.getType()));
    }
    checkWithin(match, scope);
    Set<String> variables = variables(match, scope);
    checkSubsets(match.getSubsetList(), variables, scope);
    match.setOperand(
        SqlMatchRecognize.OPERAND_PATTERN_DEFINES,
        definitions(match.getPatternDefList(), variables, scope));
    checkSkip(match.getAfter(), scope);
    measures(match, scope, columns);
    RelDataTypeFactory.Builder row = typeFactory.builder();
    columns.forEach(row::add);
    SqlValidatorNamespace namespace = Objects.requireNonNull(getNamespace(match));
    namespace.setType(row.build());
  }

  private static boolean isAllRows(SqlMatchRecognize match) {
    SqlLiteral rows = match.getRowsPerMatch();
    return rows != null && rows.getValue() == SqlMatchRecognize.RowsPerMatchOption.ALL_ROWS;
  }

  private List<RelDataTypeField> visibleColumns(SqlMatchRecognize match) {
    SqlValidatorNamespace rows = Objects.requireNonNull(getNamespace(match.getTableRef()));
    SqlValidatorTable table = rows.resolve().getTable();
    CatalogTable known = table == null ? null : table.unwrap(CatalogTable.class);
    return rows.getRowType().getFieldList().stream()
        .filter(field -> known == null || !known.isRolledUp(field.getName()))
        .toList();
  }

  private SqlIdentifier column(SqlNode node, String clause, MatchRecognizeScope scope) {
    if (!(node instanceof SqlIdentifier column)) {
      throw errors
          .unsupported(
              "expressions in " + clause + " of MATCH_RECOGNIZE are not supported",
              node.getParserPosition())
          .withHint("Compute the expression as a column of a sub-query in FROM.");
    }
    column.validate(this, scope);
    return column;
  }

  /** Keys without the places of NULL, which are where they are by default. */
  private SqlNodeList order(SqlNodeList order, MatchRecognizeScope scope) {
    var keys = new ArrayList<SqlNode>();
    for (SqlNode key : order) {
      SqlNode plain = key;
      if (key.getKind() == SqlKind.NULLS_FIRST || key.getKind() == SqlKind.NULLS_LAST) {
        plain = ((SqlCall) key).operand(0);
        boolean first = plain.getKind() == SqlKind.DESCENDING;
        if (first != (key.getKind() == SqlKind.NULLS_FIRST)) {
          throw errors
              .unsupported(
                  "in ORDER BY of MATCH_RECOGNIZE NULLs come last, and first where the order is descending",
                  key.getParserPosition())
              .withHint("Sort by a column that is never NULL, computed in a sub-query in FROM.");
        }
      }
      SqlNode column = plain.getKind() == SqlKind.DESCENDING ? ((SqlCall) plain).operand(0) : plain;
      column(column, "ORDER BY", scope);
      keys.add(plain);
    }
    return new SqlNodeList(keys, order.getParserPosition());
  }

  private void checkWithin(SqlMatchRecognize match, MatchRecognizeScope scope) {
    SqlLiteral interval = match.getInterval();
    if (interval == null) {
      return;
    }
    interval.validate(this, scope);
    SqlParserPos place = interval.getParserPosition();
    SqlNode first = match.getOrderList().isEmpty() ? null : match.getOrderList().get(0);
    if (first == null
        || first.getKind() == SqlKind.DESCENDING
        || !SqlTypeUtil.isTimestamp(deriveType(scope, first))) {
      throw errors
          .at(SqlState.WINDOWING_ERROR, "WITHIN needs rows in the order of their time", place)
          .withHint("Write ORDER BY with a TIMESTAMP column first, ascending.");
    }
    if (!(interval instanceof SqlIntervalLiteral literal)
        || !(literal.getValue() instanceof SqlIntervalLiteral.IntervalValue value)
        || isOfMonths(value)) {
      throw errors
          .unsupported("the interval of WITHIN must have a fixed length", place)
          .withHint("Write days, hours, minutes or seconds.");
    }
    if (literal.signum() <= 0 || value.getSign() < 0) {
      throw errors.at(SqlState.INVALID_PARAMETER, "the interval of WITHIN must be positive", place);
    }
    setValidatedNodeType(interval, deriveType(scope, interval));
  }

  private static boolean isOfMonths(SqlIntervalLiteral.IntervalValue value) {
    TimeUnitRange unit = value.getIntervalQualifier().timeUnitRange;
    return unit.startUnit.yearMonth;
  }

  private static Set<String> variables(SqlMatchRecognize match, MatchRecognizeScope scope) {
    var variables = new LinkedHashSet<String>();
    match.getPattern().accept(new PatternVariables(variables));
    variables.forEach(scope::addPatternVar);
    return variables;
  }

  private SqlNodeList definitions(
      SqlNodeList definitions, Set<String> variables, MatchRecognizeScope scope) {
    var seen = new HashSet<String>();
    for (SqlNode definition : definitions) {
      SqlIdentifier name = ((SqlCall) definition).operand(1);
      if (!variables.contains(name.getSimple())) {
        throw unknownVariable(name).withHint("DEFINE says what variables of PATTERN are.");
      }
      if (!seen.add(name.getSimple())) {
        throw errors.at(
            SqlState.DUPLICATE_ALIAS,
            "pattern variable \"" + name.getSimple() + "\" is defined more than once",
            name.getParserPosition());
      }
    }
    var checked = new ArrayList<SqlNode>();
    for (SqlNode definition : definitions) {
      SqlCall as = (SqlCall) definition;
      RelDataType truth = typeFactory.createSqlType(SqlTypeName.BOOLEAN);
      SqlNode condition = checked(as.operand(0), truth, scope, false);
      if (!SqlTypeUtil.inBooleanFamily(deriveType(scope, condition))) {
        throw errors.at(
            SqlState.DATATYPE_MISMATCH,
            "argument of DEFINE must be type boolean, not type "
                + SqlTypes.fromCalcite(deriveType(scope, condition))
                    .map(type -> type.sql().toLowerCase(Locale.ROOT))
                    .orElse("unknown"),
            as.operand(0).getParserPosition());
      }
      checked.add(
          SqlStdOperatorTable.AS.createCall(as.getParserPosition(), condition, as.operand(1)));
    }
    return new SqlNodeList(checked, definitions.getParserPosition());
  }

  private SqlNode checked(
      SqlNode expression, RelDataType wanted, MatchRecognizeScope scope, boolean measure) {
    var rules = new MatchExpressions(errors, measure);
    expression.accept(rules);
    String anyColumn =
        Objects.requireNonNull(getNamespace(scope.getMatchRecognize().getTableRef()))
            .getRowType()
            .getFieldNames()
            .get(0);
    SqlNode expanded = expand(MatchSyntax.withoutStars(expression, anyColumn), scope);
    inferUnknownTypes(wanted, scope, expanded);
    deriveType(scope, expanded);
    expanded.validateExpr(this, scope);
    expanded.accept(rules);
    return expanded;
  }

  private void checkSubsets(SqlNodeList subsets, Set<String> variables, MatchRecognizeScope scope) {
    for (SqlNode subset : subsets) {
      SqlIdentifier name = ((SqlCall) subset).operand(0);
      if (scope.getPatternVars().contains(name.getSimple())) {
        throw errors.at(
            SqlState.DUPLICATE_ALIAS,
            "pattern variable \"" + name.getSimple() + "\" is defined more than once",
            name.getParserPosition());
      }
      for (SqlNode part : (SqlNodeList) ((SqlCall) subset).operand(1)) {
        if (!(part instanceof SqlIdentifier variable) || !variables.contains(variable.toString())) {
          throw unknownVariable(part);
        }
      }
      scope.addPatternVar(name.getSimple());
    }
  }

  private void checkSkip(@Nullable SqlNode after, MatchRecognizeScope scope) {
    if (after instanceof SqlCall skip
        && !scope.getPatternVars().contains(((SqlIdentifier) skip.operand(0)).getSimple())) {
      throw unknownVariable(skip.operand(0));
    }
  }

  private CaissonException unknownVariable(SqlNode name) {
    return errors.at(
        SqlState.UNDEFINED_NAME,
        "pattern variable \"" + name + "\" is not in PATTERN",
        name.getParserPosition());
  }

  private void measures(
      SqlMatchRecognize match, MatchRecognizeScope scope, Map<String, RelDataType> columns) {
    var checked = new ArrayList<SqlNode>();
    for (SqlNode measure : match.getMeasureList()) {
      SqlCall as = (SqlCall) measure;
      SqlIdentifier name = as.operand(1);
      SqlNode value = checked(as.operand(0), unknownType, scope, true);
      RelDataType type = typeFactory.createTypeWithNullability(deriveType(scope, value), true);
      if (columns.put(name.getSimple(), type) != null) {
        throw errors
            .at(
                SqlState.DUPLICATE_COLUMN,
                "column \"" + name.getSimple() + "\" specified more than once",
                name.getParserPosition())
            .withHint("Columns of PARTITION BY are there already.");
      }
      SqlNode named = SqlStdOperatorTable.AS.createCall(as.getParserPosition(), value, name);
      setValidatedNodeType(named, type);
      checked.add(named);
    }
    if (columns.isEmpty()) {
      throw errors
          .at(SqlState.SYNTAX_ERROR, "MATCH_RECOGNIZE has no columns", match.getParserPosition())
          .withHint("Add MEASURES, PARTITION BY or ALL ROWS PER MATCH.");
    }
    match.setOperand(
        SqlMatchRecognize.OPERAND_MEASURES,
        new SqlNodeList(checked, match.getMeasureList().getParserPosition()));
  }

  /** Finds the variables of a pattern. */
  private static final class PatternVariables extends SqlBasicVisitor<@Nullable Void> {
    private final Set<String> found;

    PatternVariables(Set<String> found) {
      this.found = found;
    }

    @Override
    public @Nullable Void visit(SqlIdentifier variable) {
      found.add(variable.getSimple());
      return null;
    }
  }
}
