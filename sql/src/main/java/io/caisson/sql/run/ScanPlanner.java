package io.caisson.sql.run;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.plan.Expression;
import io.caisson.sql.validate.CatalogTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the scans of a tree by {@link SourceScan}s that read only the columns and, as far as the
 * source can, only the rows that are needed, tables on the best way there is:
 *
 * <pre>
 *   Sort [b] limit 5
 *     Project [b]                     Sort limit 5
 *       Filter [a > 5]         →        Project [b]
 *         TableScan t                     Filter [a > 5]
 *                                           SourceScan t (a, b), a > 5, path index (b), limit 5
 * </pre>
 *
 * For one query.
 */
final class ScanPlanner extends RelHomogeneousShuttle {
  private final PlanningContext context;
  private final List<ScanTarget> targets = new ArrayList<>();

  ScanPlanner(PlanningContext context) {
    this.context = context;
  }

  /** The scans, by their index. */
  List<ScanTarget> targets() {
    return List.copyOf(targets);
  }

  /**
   * A scan with what stands above it, as it was found.
   *
   * @param project the projection, or null where there is none
   * @param filter the filter below it, or null where there is none
   * @param scan the scan
   */
  private record Chain(
      @Nullable LogicalProject project, @Nullable LogicalFilter filter, TableScan scan) {
    static @Nullable Chain of(RelNode node) {
      LogicalProject project = node instanceof LogicalProject p ? p : null;
      RelNode below = project == null ? node : project.getInput();
      LogicalFilter filter = below instanceof LogicalFilter f ? f : null;
      below = filter == null ? below : filter.getInput();
      return below instanceof TableScan scan && isStored(scan)
          ? new Chain(project, filter, scan)
          : null;
    }
  }

  /** Whether the table is one of the catalog, and not what a recursion found so far. */
  private static boolean isStored(TableScan scan) {
    return scan.getTable().unwrap(CatalogTable.class) != null;
  }

  /** What comes of a chain: its replacement, and whether its rows are in the wanted order. */
  private record Planned(RelNode node, boolean ordered) {}

  @Override
  public RelNode visit(RelNode node) {
    if (node instanceof LogicalSort sort) {
      Chain chain = Chain.of(sort.getInput());
      return chain == null ? super.visit(node) : sorted(sort, chain);
    }
    Chain chain = Chain.of(node);
    return chain == null ? super.visit(node) : planned(chain, List.of(), 0).node();
  }

  private RelNode sorted(LogicalSort sort, Chain chain) {
    List<TableAccess.Order> order = order(sort, chain, inputs(chain.scan()));
    boolean known = order.size() == sort.getCollation().getFieldCollations().size();
    Planned planned = planned(chain, known ? order : List.of(), known ? limit(sort) : 0);
    if (!known || !planned.ordered()) {
      return sort.copy(sort.getTraitSet(), List.of(planned.node()));
    }
    return sort.fetch == null && sort.offset == null
        ? planned.node()
        : LogicalSort.create(planned.node(), RelCollations.EMPTY, sort.offset, sort.fetch);
  }

  /** What to order by, up to the first that no key could hold. */
  private static List<TableAccess.Order> order(
      LogicalSort sort, Chain chain, List<Expression> inputs) {
    RexBuilder rex = sort.getCluster().getRexBuilder();
    var order = new ArrayList<TableAccess.Order>();
    for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
      RexNode value =
          chain.project() == null
              ? RexInputRef.of(field.getFieldIndex(), chain.scan().getRowType())
              : chain.project().getProjects().get(field.getFieldIndex());
      Expression converted = Conditions.ordered(value, inputs, rex);
      if (converted == null) {
        break;
      }
      order.add(
          new TableAccess.Order(
              converted,
              field.direction.isDescending(),
              field.nullDirection == RelFieldCollation.NullDirection.FIRST));
    }
    return order;
  }

  /** How many rows a sort needs; 0 for all. */
  private static long limit(LogicalSort sort) {
    if (!(sort.fetch instanceof RexLiteral fetch)
        || (sort.offset != null && !(sort.offset instanceof RexLiteral))) {
      return 0;
    }
    long offset = sort.offset instanceof RexLiteral literal ? number(literal) : 0;
    long rows = number(fetch) + offset;
    return Math.max(0, rows);
  }

  private static long number(RexLiteral literal) {
    BigDecimal value = literal.getValueAs(BigDecimal.class);
    return value == null ? 0 : value.longValue();
  }

  private Planned planned(Chain chain, List<TableAccess.Order> order, long limit) {
    LogicalProject project = chain.project();
    LogicalFilter filter = chain.filter();
    int[] columns = project == null ? all(chain.scan()) : used(project, filter);
    Planned source = source(chain.scan(), columns, filter, order, limit);
    RelNode node = source.node();
    int[] moved = new int[chain.scan().getRowType().getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      moved[columns[i]] = i;
    }
    var move = new Mover(moved, node);
    if (filter != null) {
      node = LogicalFilter.create(node, filter.getCondition().accept(move));
    }
    if (project != null) {
      node =
          project.copy(
              project.getTraitSet(),
              node,
              project.getProjects().stream().map(e -> e.accept(move)).toList(),
              project.getRowType());
    }
    return new Planned(node, source.ordered());
  }

  private static int[] used(LogicalProject project, @Nullable LogicalFilter filter) {
    var used = new TreeSet<Integer>();
    project.getProjects().forEach(e -> RelOptUtil.InputFinder.bits(e).forEach(used::add));
    if (filter != null) {
      RelOptUtil.InputFinder.bits(filter.getCondition()).forEach(used::add);
    }
    return used.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] all(TableScan scan) {
    int[] columns = new int[scan.getRowType().getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i;
    }
    return columns;
  }

  private Planned source(
      TableScan scan,
      int[] columns,
      @Nullable LogicalFilter filter,
      List<TableAccess.Order> order,
      long limit) {
    CatalogObject object = object(scan);
    Conditions conditions =
        filter == null
            ? Conditions.NONE
            : Conditions.of(filter.getCondition(), inputs(scan), scan.getCluster().getRexBuilder());
    AccessPath path = null;
    boolean ordered = order.isEmpty();
    if (object instanceof IndexedRelation indexed) {
      TableDefinition table = indexed.asTable();
      boolean view = object instanceof ViewDefinition;
      var access =
          new TableAccess(
              table,
              conditions,
              TableAccess.set(columns),
              order,
              context.indexExpressions(table),
              context.counts().rows(object),
              view ? TableAccess.Kind.VIEW : TableAccess.Kind.TABLE);
      TableAccess.Choice choice = access.choose(limit);
      boolean byId = object instanceof CollectionDefinition && choice.path().index() == null;
      // Documents in the order of their ids are read page by page, forwards.
      path = byId || (view && whole(choice.path())) ? null : choice.path();
      ordered = ordered || (choice.ordered() && !(byId && choice.path().reverse()));
    }
    var row = scan.getCluster().getTypeFactory().builder();
    List<RelDataTypeField> fields = scan.getRowType().getFieldList();
    for (int column : columns) {
      row.add(fields.get(column));
    }
    var request = new ScanRequest(columns, conditions.ofColumns(), path);
    targets.add(new ScanTarget(object, request, conditions.exact()));
    int index = targets.size() - 1;
    return new Planned(
        new SourceScan(scan.getCluster(), index, targets.get(index), row.build()), ordered);
  }

  /** Whether all of a view's rows are read, in no order that matters. */
  private static boolean whole(AccessPath path) {
    return path.index() == null
        && path.limit() == 0
        && path.parts().equals(List.of(new AccessPath.Part(List.of(), null, null)));
  }

  private static CatalogObject object(TableScan scan) {
    CatalogTable catalogTable = scan.getTable().unwrap(CatalogTable.class);
    if (catalogTable == null) {
      throw new IllegalStateException("not a table of the catalog");
    }
    return catalogTable.object();
  }

  /** The columns of what is scanned. */
  private static List<Expression> inputs(TableScan scan) {
    CatalogObject object = object(scan);
    var inputs = new ArrayList<Expression>();
    for (int i = 0; i < object.columns().size(); i++) {
      inputs.add(new Expression.InputColumn(i, object.columns().get(i).type()));
    }
    return inputs;
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
