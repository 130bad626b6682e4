package io.caisson.sql.match;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** The columns of the rows among which a pattern is looked for: the input's, and computed ones. */
final class RowColumns {
  private final RelNode input;
  private final List<RexNode> columns;
  private final int width;

  RowColumns(RelNode input) {
    this.input = input;
    RexBuilder rex = input.getCluster().getRexBuilder();
    columns = new ArrayList<>(rex.identityProjects(input.getRowType()));
    width = columns.size();
  }

  /** The position of an expression over a row of the input. */
  int of(RexNode value) {
    if (value instanceof RexInputRef column) {
      return column.getIndex();
    }
    int known = columns.indexOf(value);
    if (known < 0) {
      columns.add(value);
      return columns.size() - 1;
    }
    return known;
  }

  /** How many are the input's. */
  int width() {
    return width;
  }

  /** The input with the computed columns behind its own. */
  RelNode project() {
    if (columns.size() == width) {
      return input;
    }
    var names = new ArrayList<>(input.getRowType().getFieldNames());
    for (int i = width; i < columns.size(); i++) {
      names.add("computed$" + i);
    }
    return LogicalProject.create(input, List.of(), columns, names, java.util.Set.of());
  }
}
