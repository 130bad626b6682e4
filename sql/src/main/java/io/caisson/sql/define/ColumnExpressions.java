package io.caisson.sql.define;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Expression;
import io.caisson.sql.convert.ExpressionConverter;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.run.QueryPlanner;
import io.caisson.sql.syntax.QuerySyntax;
import io.caisson.sql.validate.FunctionTable;
import io.caisson.sql.validate.QueryValidator;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.sql.validate.ValidatedQuery;
import io.caisson.sql.write.InsertPlanner;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Plans the expressions in definitions of tables. For one statement. */
public final class ColumnExpressions {
  private final FunctionTable functions;
  private final QueryPlanner planner;
  private final SqlErrors errors;

  /**
   * A planner of one statement.
   *
   * @param functions the functions that exist
   * @param planner plans what is evaluated once
   * @param errors makes errors with places in the statement
   */
  public ColumnExpressions(FunctionTable functions, QueryPlanner planner, SqlErrors errors) {
    this.functions = functions;
    this.planner = planner;
    this.errors = errors;
  }

  /** Where an expression stands, as errors call it. */
  public enum Use {
    CHECK("check constraints", "a table's definition"),
    GENERATED("column generation expressions", "a table's definition"),
    INDEX("index expressions", "a table's definition"),
    COPY("COPY FROM WHERE conditions", "a COPY FROM WHERE condition");

    private final String text;
    private final String whole;

    Use(String text, String whole) {
      this.text = text;
      this.whole = whole;
    }
  }

  /**
   * An expression over a table's columns.
   *
   * @param expression the expression; its inputs are the table's columns
   * @param columns ids of the columns in it
   */
  public record OverTable(Expression expression, List<Integer> columns) {
    /** Copies the list. */
    public OverTable {
      columns = List.copyOf(columns);
    }
  }

  /** Plans the condition of a CHECK constraint. */
  public OverTable check(TableDefinition table, SqlNode node) {
    return plan(table, node, Use.CHECK, SqlType.of(TypeKind.BOOLEAN));
  }

  /** Plans the condition of a COPY FROM, over the columns of what is copied to. */
  public Expression copied(CatalogObject object, SqlNode node) {
    TableDefinition table =
        object instanceof TableDefinition known
            ? known
            : new TableDefinition(object.id(), object.name(), object.columns(), List.of(0));
    OverTable condition = plan(table, node, Use.COPY, SqlType.of(TypeKind.BOOLEAN));
    for (int id : condition.columns()) {
      ColumnDefinition column = table.columnOf(id);
      if (column.generated()) {
        throw errors
            .at(
                SqlState.INVALID_COLUMN_REFERENCE,
                "column \"" + column.name() + "\" is a generated column",
                node.getParserPosition())
            .withHint("Generated columns are not supported in COPY FROM WHERE conditions.");
      }
    }
    return condition.expression();
  }

  /** Plans the expression of an index. */
  public OverTable indexed(TableDefinition table, SqlNode node) {
    return plan(table, node, Use.INDEX, null);
  }

  /** Plans the expression of a generated column. */
  public OverTable generated(TableDefinition table, SqlNode node, SqlType type) {
    return plan(table, node, Use.GENERATED, type);
  }

  private OverTable plan(TableDefinition table, SqlNode node, Use use, @Nullable SqlType wanted) {
    SqlParserPos place = node.getParserPosition();
    refuseQueries(node, use);
    var select =
        QuerySyntax.select(
            SqlNodeList.of(node), new SqlIdentifier(table.name(), place), null, place);
    Catalog alone = Catalog.of(0, List.of(table));
    ValidatedQuery query =
        new QueryValidator(alone, functions, errors, QueryPlanner.newPlanner()).validate(select);
    RelNode tree = query.tree();
    if (!(tree instanceof Project project)
        || !(project.getInput() instanceof TableScan)
        || project.containsOver()) {
      throw errors.unsupported("cannot use aggregates or window functions in " + use.text, place);
    }
    RexNode value = project.getProjects().get(0);
    if (!immutable(value)) {
      throw errors
          .at(SqlState.INVALID_EXPRESSION, "functions in " + use.text + " must be immutable", place)
          .withHint("The result may depend on the row alone, not on the time or on chance.");
    }
    List<Integer> columns =
        RelOptUtil.InputFinder.bits(value).asList().stream()
            .map(position -> table.columns().get(position).id())
            .toList();
    RexBuilder rex = tree.getCluster().getRexBuilder();
    return new OverTable(converted(table, value, use, wanted, rex, place), columns);
  }

  private void refuseQueries(SqlNode node, Use use) {
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (SqlKind.QUERY.contains(call.getKind())) {
              throw errors.unsupported(
                  "cannot use subqueries in " + use.text, call.getParserPosition());
            }
            return super.visit(call);
          }
        });
  }

  private Expression converted(
      TableDefinition table,
      RexNode value,
      Use use,
      @Nullable SqlType wanted,
      RexBuilder rex,
      SqlParserPos place) {
    var inputs = new ArrayList<Expression>();
    for (int i = 0; i < table.columns().size(); i++) {
      inputs.add(new Expression.InputColumn(i, table.columns().get(i).type().withNullable(true)));
    }
    RexNode cast = value;
    if (wanted != null) {
      if (!InsertPlanner.assignable(value.getType(), wanted)) {
        String given = SqlTypes.fromCalcite(value.getType()).map(SqlType::sql).orElse("unknown");
        throw errors.at(
            SqlState.DATATYPE_MISMATCH,
            "expression is of type "
                + given.toLowerCase(Locale.ROOT)
                + " but must be of type "
                + wanted.sql().toLowerCase(Locale.ROOT),
            place);
      }
      cast =
          rex.makeAbstractCast(
              SqlTypes.toCalcite(
                  wanted.withNullable(value.getType().isNullable()), rex.getTypeFactory()),
              value,
              false);
    }
    try {
      return new ExpressionConverter(rex, inputs).convert(cast);
    } catch (CaissonException error) {
      String message =
          String.valueOf(error.getMessage())
              .replace("a materialized view cannot", use.whole + " cannot");
      throw errors.at(error.state(), message, place).withHint(String.valueOf(error.hint()));
    }
  }

  private static boolean immutable(RexNode value) {
    if (!RexUtil.isDeterministic(value)) {
      return false;
    }
    boolean[] dynamic = new boolean[1];
    value.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            dynamic[0] |= call.getOperator().isDynamicFunction();
            return super.visitCall(call);
          }
        });
    return !dynamic[0];
  }

  /** Plans a default: a query of one row and one column, of the column's type. */
  public PreparedQuery defaultOf(ColumnDefinition column, SqlNode node) {
    var inserts =
        new InsertPlanner(
            errors,
            query ->
                new QueryValidator(
                        Catalog.of(0, List.of()), functions, errors, QueryPlanner.newPlanner())
                    .validate(query),
            planner::plan);
    SqlParserPos place = node.getParserPosition();
    SqlNode row = SqlStdOperatorTable.ROW.createCall(place, node);
    SqlNode values = SqlStdOperatorTable.VALUES.createCall(place, row);
    return inserts.source(values, List.of(column), true);
  }
}
