package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in measures and conditions of MATCH_RECOGNIZE. Each part that looks at other rows
 * (FIRST, LAST, PREV, NEXT, an aggregate) is about one pattern variable, and there is no other
 * within it but FIRST and LAST right within PREV and NEXT. For one expression.
 */
final class MatchExpressions extends SqlBasicVisitor<@Nullable Void> {
  private static final String HINT =
      "There are FIRST, LAST, PREV, NEXT, CLASSIFIER, MATCH_NUMBER, COUNT, SUM, AVG, MIN and MAX.";
  private static final BigDecimal MOST_ROWS = BigDecimal.valueOf(1_000_000_000);

  private final SqlErrors errors;
  private final boolean measure;

  MatchExpressions(SqlErrors errors, boolean measure) {
    this.errors = errors;
    this.measure = measure;
  }

  static boolean isLogical(SqlKind kind) {
    return kind == SqlKind.FIRST || kind == SqlKind.LAST;
  }

  static boolean isPhysical(SqlKind kind) {
    return kind == SqlKind.PREV || kind == SqlKind.NEXT;
  }

  private static boolean looksAtOtherRows(SqlCall call) {
    return isLogical(call.getKind())
        || isPhysical(call.getKind())
        || call.getOperator() instanceof SqlAggFunction;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    SqlKind kind = call.getKind();
    if (SqlKind.QUERY.contains(kind)) {
      throw refused("sub-queries", call, "Join what it answers to the rows in FROM.");
    }
    if (kind == SqlKind.OVER) {
      throw refused("OVER", call, "Compute it in a sub-query in FROM.");
    }
    if (kind == SqlKind.FILTER || kind == SqlKind.WITHIN_GROUP) {
      throw refused(
          kind == SqlKind.FILTER ? "FILTER" : "WITHIN GROUP",
          call,
          "Aggregate CASE WHEN condition THEN value END.");
    }
    if (kind == SqlKind.RUNNING || kind == SqlKind.FINAL) {
      return modified(call);
    }
    if (isPhysical(kind)) {
      return physical(call);
    }
    if (isLogical(kind)) {
      checkOffset(call);
      return argument(call);
    }
    return call.getOperator() instanceof SqlAggFunction ? aggregate(call) : super.visit(call);
  }

  private @Nullable Void modified(SqlCall call) {
    String name = call.getKind().name();
    if (!measure) {
      throw errors
          .at(SqlState.SYNTAX_ERROR, name + " is not allowed in DEFINE", call.getParserPosition())
          .withHint("A condition sees the rows up to the one that is tested.");
    }
    SqlNode value = call.operand(0);
    boolean known =
        value instanceof SqlCall inner && looksAtOtherRows(inner) && !isPhysical(inner.getKind());
    if (!known) {
      throw errors
          .at(
              SqlState.SYNTAX_ERROR,
              name + " must be followed by FIRST, LAST or an aggregate",
              call.getParserPosition())
          .withHint("As in FINAL LAST(a.price).");
    }
    return value.accept(this);
  }

  private @Nullable Void physical(SqlCall call) {
    checkOffset(call);
    if (call.operand(0) instanceof SqlCall inner && isLogical(inner.getKind())) {
      checkOffset(inner);
      return argument(inner);
    }
    return argument(call);
  }

  private @Nullable Void aggregate(SqlCall call) {
    if (call.getFunctionQuantifier() != null) {
      throw refused(
          "DISTINCT in " + call.getOperator().getName(), call, "Aggregate without DISTINCT.");
    }
    switch (call.getKind()) {
      case COUNT, SUM, AVG, MIN, MAX -> {}
      default -> throw refused(call.getOperator().getName(), call, HINT);
    }
    if (call.operandCount() != 1) {
      throw refused(call.getOperator().getName() + " of several columns", call, "Use one column.");
    }
    return argument(call);
  }

  private void checkOffset(SqlCall call) {
    SqlNode offset = call.operand(1);
    boolean whole =
        offset instanceof SqlLiteral literal
            && literal.getValue() instanceof BigDecimal rows
            && rows.signum() >= 0
            && rows.stripTrailingZeros().scale() <= 0
            && rows.compareTo(MOST_ROWS) <= 0;
    if (!whole) {
      throw errors.at(
          SqlState.INVALID_PARAMETER,
          "the offset of " + call.getKind().name() + " must be a number of rows",
          offset.getParserPosition());
    }
  }

  /** What the value is of: columns of one variable, or which variable a row is mapped to. */
  private @Nullable Void argument(SqlCall call) {
    var columns = new Argument(call);
    SqlNode value = call.operand(0);
    if (value.getKind() == SqlKind.CLASSIFIER && !(call.getOperator() instanceof SqlAggFunction)) {
      return null;
    }
    value.accept(columns);
    String name = call.getOperator().getName();
    if (columns.variables.size() > 1) {
      throw errors
          .at(
              SqlState.INVALID_COLUMN_REFERENCE,
              name + " is of columns of several pattern variables",
              call.getParserPosition())
          .withHint("Take the variables apart: LAST(a.x) - LAST(b.x).");
    }
    if (columns.variables.isEmpty() && !(call.getOperator() instanceof SqlAggFunction)) {
      throw errors.at(
          SqlState.INVALID_COLUMN_REFERENCE,
          name + " must be of a column",
          call.getParserPosition());
    }
    return null;
  }

  private CaissonException refused(String what, SqlNode place, String hint) {
    return errors
        .unsupported("MATCH_RECOGNIZE does not take " + what, place.getParserPosition())
        .withHint(hint);
  }

  /** The columns within a part that looks at other rows. */
  private final class Argument extends SqlBasicVisitor<@Nullable Void> {
    private final SqlCall of;
    private final Set<String> variables = new LinkedHashSet<>();

    Argument(SqlCall of) {
      this.of = of;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
      boolean special =
          List.of(SqlKind.CLASSIFIER, SqlKind.MATCH_NUMBER, SqlKind.RUNNING, SqlKind.FINAL)
              .contains(call.getKind());
      if (looksAtOtherRows(call) || special) {
        throw refused(
            call.getOperator().getName() + " within " + of.getOperator().getName(),
            call,
            "FIRST and LAST may stand right within PREV and NEXT; else compute the parts apart.");
      }
      if (SqlKind.QUERY.contains(call.getKind())) {
        throw refused("sub-queries", call, "Join what it answers to the rows in FROM.");
      }
      return super.visit(call);
    }

    @Override
    public @Nullable Void visit(SqlIdentifier column) {
      if (!column.names.get(column.names.size() - 1).isEmpty() || column.names.size() > 1) {
        variables.add(MatchSyntax.hasVariable(column) ? column.names.get(0) : MatchSyntax.ROWS);
      }
      return null;
    }
  }
}
