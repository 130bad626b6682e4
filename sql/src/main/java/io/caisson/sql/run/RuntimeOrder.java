package io.caisson.sql.run;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Sorts text and floating point as {@code io.caisson.function.operator.Comparison} orders them: the
 * runtime sorts text by its UTF-16 and knows no place for NaN, so a column to sort by is put beside
 * such a column and taken away afterwards. For one tree.
 */
final class RuntimeOrder extends RelHomogeneousShuttle {
  @Override
  public RelNode visit(RelNode node) {
    RelNode visited = super.visit(node);
    return visited instanceof Sort sort && needsSortKeys(sort) ? withSortKeys(sort) : visited;
  }

  private static boolean needsSortKeys(Sort sort) {
    List<RelDataTypeField> fields = sort.getRowType().getFieldList();
    return sort.getCollation().getFieldCollations().stream()
        .map(by -> fields.get(by.getFieldIndex()).getType())
        .anyMatch(type -> SqlTypeUtil.isCharacter(type) || SqlTypeUtil.isApproximateNumeric(type));
  }

  private static RelNode withSortKeys(Sort sort) {
    RelNode input = sort.getInput();
    RexBuilder rex = input.getCluster().getRexBuilder();
    List<RelDataTypeField> fields = input.getRowType().getFieldList();
    var columns = new ArrayList<RexNode>(rex.identityProjects(input.getRowType()));
    var order = new ArrayList<RelFieldCollation>();
    for (RelFieldCollation by : sort.getCollation().getFieldCollations()) {
      RexInputRef column = rex.makeInputRef(input, by.getFieldIndex());
      RexNode key = RuntimeOperators.sortKey(column, rex);
      if (key.equals(column)) {
        order.add(by);
      } else {
        order.add(by.withFieldIndex(columns.size()));
        columns.add(key);
      }
    }
    RelNode sorted =
        LogicalSort.create(
            project(input, columns, null), RelCollations.of(order), sort.offset, sort.fetch);
    List<RexNode> kept =
        new ArrayList<>(rex.identityProjects(sorted.getRowType()).subList(0, fields.size()));
    return project(sorted, kept, sort.getRowType().getFieldNames());
  }

  private static RelNode project(
      RelNode input, List<RexNode> columns, @Nullable List<String> names) {
    return LogicalProject.create(input, List.of(), columns, names, java.util.Set.of());
  }
}
