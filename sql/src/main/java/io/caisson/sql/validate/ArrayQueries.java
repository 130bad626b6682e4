package io.caisson.sql.validate;

import io.caisson.function.ArrayFunctions;
import io.caisson.function.ScalarFunction;
import io.caisson.function.array.ArrayText;
import io.caisson.type.SqlArray;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * {@code ARRAY(SELECT x ... ORDER BY y)} as a sub-query with an aggregate, in whose order the array
 * is: {@code (SELECT ARRAY_AGG(x ORDER BY y) ...)}, an empty array where it is NULL. For one tree.
 */
final class ArrayQueries extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    RexBuilder rex = node.getCluster().getRexBuilder();
    return visited.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            var inner = (RexSubQuery) super.visitSubQuery(query);
            RexSubQuery changed = inner.clone(inner.rel.accept(ArrayQueries.this));
            return changed.getKind() == SqlKind.ARRAY_QUERY_CONSTRUCTOR
                ? array(changed.rel, rex)
                : changed;
          }
        });
  }

  private static RexNode array(RelNode query, RexBuilder rex) {
    RelDataTypeFactory types = rex.getTypeFactory();
    RelNode rows = query;
    int column = 0;
    if (query instanceof Project project
        && project.getInput() instanceof Sort sort
        && project.getProjects().get(0) instanceof RexInputRef reference) {
      rows = sort;
      column = reference.getIndex();
    }
    RelCollation order = RelCollations.EMPTY;
    if (rows instanceof Sort sort) {
      order = sort.getCollation();
      rows = sort.fetch == null && sort.offset == null ? sort.getInput() : sort;
    }
    RelDataType value = rows.getRowType().getFieldList().get(column).getType();
    SqlType element = SqlTypes.elementType(value).orElseThrow(ArrayText::dimensions);
    SqlType array = SqlType.arrayOf(element);
    AggregateCall call =
        AggregateCall.create(
            ArrayAggregate.FUNCTION,
            false,
            false,
            false,
            List.of(),
            List.of(column),
            -1,
            null,
            order,
            SqlTypes.toCalcite(array, types),
            "array");
    RelNode aggregate =
        LogicalAggregate.create(rows, List.of(), ImmutableBitSet.of(), null, List.of(call));
    return rex.makeCall(
        SqlTypes.toCalcite(array.withNullable(false), types),
        orEmpty(array),
        List.of(RexSubQuery.scalar(aggregate)));
  }

  private static BuiltInFunction orEmpty(SqlType array) {
    try {
      Method method = ArrayFunctions.class.getMethod("orEmpty", TypeKind.class, SqlArray.class);
      return BuiltInFunction.of(
          new ScalarFunction(
              "array",
              List.of(array),
              array,
              method,
              "The array, or an empty one for NULL",
              "ARRAY(SELECT 1) = ARRAY[1]"));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("there is no empty array", e);
    }
  }
}
