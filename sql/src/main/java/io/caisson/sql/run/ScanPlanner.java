package io.caisson.sql.run;

import io.caisson.catalog.CatalogObject;
import io.caisson.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Replaces the scans of a tree by {@link SourceScan}s that read only the columns and, as far as the
 * source can, only the rows that are needed:
 *
 * <pre>
 *   Project [b]                     Project [b]
 *     Filter [a > 5]         →        Filter [a > 5]
 *       TableScan t                     SourceScan t (a, b), a > 5
 * </pre>
 *
 * For one query.
 */
final class ScanPlanner extends RelHomogeneousShuttle {
  private final List<ScanTarget> targets = new ArrayList<>();

  /** The scans, by their index. */
  List<ScanTarget> targets() {
    return List.copyOf(targets);
  }

  @Override
  public RelNode visit(RelNode node) {
    if (node instanceof LogicalProject project) {
      RelNode below = project.getInput();
      if (below instanceof TableScan scan && isStored(scan)) {
        return narrowed(project, null, scan);
      }
      if (below instanceof LogicalFilter filter
          && filter.getInput() instanceof TableScan scan
          && isStored(scan)) {
        return narrowed(project, filter, scan);
      }
    }
    if (node instanceof LogicalFilter filter
        && filter.getInput() instanceof TableScan scan
        && isStored(scan)) {
      int[] all = all(scan);
      return filter.copy(filter.getTraitSet(), List.of(source(scan, all, filter)));
    }
    if (node instanceof TableScan scan && isStored(scan)) {
      return source(scan, all(scan), null);
    }
    return super.visit(node);
  }

  /** Whether the table is one of the catalog, and not what a recursion found so far. */
  private static boolean isStored(TableScan scan) {
    return scan.getTable().unwrap(CatalogTable.class) != null;
  }

  private RelNode narrowed(
      LogicalProject project,
      @org.jspecify.annotations.Nullable LogicalFilter filter,
      TableScan scan) {
    var used = new TreeSet<Integer>();
    project.getProjects().forEach(e -> RelOptUtil.InputFinder.bits(e).forEach(used::add));
    if (filter != null) {
      RelOptUtil.InputFinder.bits(filter.getCondition()).forEach(used::add);
    }
    int[] columns = used.stream().mapToInt(Integer::intValue).toArray();
    int[] moved = new int[scan.getRowType().getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      moved[columns[i]] = i;
    }
    RelNode source = source(scan, columns, filter);
    var move = new Mover(moved, source);
    if (filter != null) {
      RexNode condition = filter.getCondition().accept(move);
      source = LogicalFilter.create(source, condition);
    }
    return project.copy(
        project.getTraitSet(),
        source,
        project.getProjects().stream().map(e -> e.accept(move)).toList(),
        project.getRowType());
  }

  private static int[] all(TableScan scan) {
    int[] columns = new int[scan.getRowType().getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i;
    }
    return columns;
  }

  private RelNode source(
      TableScan scan, int[] columns, @org.jspecify.annotations.Nullable LogicalFilter filter) {
    CatalogTable table = scan.getTable().unwrap(CatalogTable.class);
    if (table == null) {
      throw new IllegalStateException("not a table of the catalog");
    }
    CatalogObject object = table.object();
    List<ColumnCondition> conditions =
        filter == null
            ? List.of()
            : Conditions.of(filter.getCondition(), scan.getCluster().getRexBuilder());
    var row = scan.getCluster().getTypeFactory().builder();
    List<RelDataTypeField> fields = scan.getRowType().getFieldList();
    for (int column : columns) {
      row.add(fields.get(column));
    }
    targets.add(new ScanTarget(object, new ScanRequest(columns, conditions)));
    return new SourceScan(
        scan.getCluster(), targets.size() - 1, targets.get(targets.size() - 1), row.build());
  }

  /** Lets references follow their columns. */
  private static final class Mover extends RexShuttle {
    private final int[] moved;
    private final RelNode source;

    Mover(int[] moved, RelNode source) {
      this.moved = moved;
      this.source = source;
    }

    @Override
    public RexNode visitInputRef(RexInputRef reference) {
      return RexInputRef.of(moved[reference.getIndex()], source.getRowType());
    }
  }
}
