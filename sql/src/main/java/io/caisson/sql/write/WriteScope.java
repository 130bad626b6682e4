package io.caisson.sql.write;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.syntax.QuerySyntax;
import io.caisson.sql.validate.CatalogTable;
import io.caisson.sql.validate.QueryValidator;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.sql.validate.ValidatedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a writing statement, checked together as one SELECT and then taken apart: what
 * lies below its list is the scope, and each expression can be computed with the rows' reading or
 * afterwards, of rows that are handed in.
 *
 * <pre>
 *   UPDATE t SET a = x FROM s WHERE p RETURNING r
 *
 *   Project [0, x, r]              Project [t.*, s.*, x]          Project [r]
 *     Filter p               →       Filter p                and    rows in memory
 *       Join t, s                      Join t, s
 * </pre>
 *
 * For one statement.
 */
final class WriteScope {
  private final Function<ValidatedQuery, PreparedQuery> planning;
  private final ValidatedQuery query;
  private final Project project;
  private final int items;

  private WriteScope(
      Function<ValidatedQuery, PreparedQuery> planning,
      ValidatedQuery query,
      Project project,
      int items) {
    this.planning = planning;
    this.query = query;
    this.project = project;
    this.items = items;
  }

  /**
   * Checks the expressions of a statement.
   *
   * @param planning how queries are checked and planned
   * @param from where the scope's rows come from
   * @param where which of them count, or null for all
   * @param items the expressions
   * @param returning the items of RETURNING, stars among them
   */
  static WriteScope of(
      WritePlanning planning,
      SqlNode from,
      @Nullable SqlNode where,
      List<SqlNode> items,
      SqlNodeList returning) {
    SqlParserPos place = from.getParserPosition();
    var list = new ArrayList<SqlNode>();
    list.add(SqlLiteral.createExactNumeric("0", place));
    list.addAll(items);
    list.addAll(returning);
    var select = QuerySyntax.select(new SqlNodeList(list, place), from, where, place);
    ValidatedQuery query = planning.validate(select);
    query.nodes().forEach(node -> refuseAggregates(node, planning.errors()));
    if (!(query.tree() instanceof Project project)) {
      throw new IllegalStateException("no projection on top of " + query.tree());
    }
    return new WriteScope(planning::plan, query, project, items.size());
  }

  private static void refuseAggregates(SqlNode node, SqlErrors errors) {
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (SqlKind.QUERY.contains(call.getKind())) {
              return null;
            }
            if (call.getOperator().isAggregator()) {
              throw errors.at(
                  SqlState.GROUPING_ERROR,
                  "aggregate and window functions are not allowed here",
                  call.getParserPosition());
            }
            return super.visit(call);
          }
        });
  }

  /**
   * What is changed as the scope has it: a table without a schema has the fields that the statement
   * names for columns.
   */
  KeyedObject target(KeyedObject named) {
    var found = new ArrayList<KeyedObject>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        CatalogTable table =
            node instanceof TableScan scan ? scan.getTable().unwrap(CatalogTable.class) : null;
        if (table != null
            && table.object() instanceof RecordTableDefinition records
            && records.id() == named.id()) {
          found.add(records);
        }
        super.visit(node, ordinal, parent);
      }
    }.go(project.getInput());
    return found.isEmpty() ? named : found.get(0);
  }

  /** One of the expressions. */
  RexNode item(int index) {
    return project.getProjects().get(1 + index);
  }

  RexBuilder rex() {
    return project.getCluster().getRexBuilder();
  }

  /** A column of the scope. */
  RexNode column(int index) {
    return rex().makeInputRef(project.getInput(), index);
  }

  /** The query that reads the scope's first columns and computes further values. */
  PreparedQuery source(int columns, List<RexNode> values) {
    var all = new ArrayList<RexNode>();
    IntStream.range(0, columns).forEach(i -> all.add(column(i)));
    all.addAll(values);
    return plan(project.getInput(), all, names(all.size()));
  }

  /** How many columns a scope has. */
  int width() {
    return project.getInput().getRowType().getFieldCount();
  }

  /** Computes values of rows that are handed in. */
  RowsQuery over(List<RexNode> values) {
    return over(values, names(values.size()));
  }

  /** Computes the items of RETURNING; null where there are none. */
  @Nullable RowsQuery returning() {
    int first = 1 + items;
    List<RexNode> values = project.getProjects();
    return first == values.size()
        ? null
        : over(
            values.subList(first, values.size()),
            query.names().subList(first, query.names().size()));
  }

  private RowsQuery over(List<RexNode> values, List<String> names) {
    RelOptCluster cluster = project.getCluster();
    var rows =
        new StreamDefinition(RowsQuery.ID, RowsQuery.NAME, columns(), null, List.of(), 1, Map.of());
    CatalogTable table = CatalogTable.of(rows);
    RelDataType row = table.getRowType(cluster.getTypeFactory());
    RelNode scan =
        LogicalTableScan.create(
            cluster,
            RelOptTableImpl.create(
                null,
                row,
                List.of(rows.name()),
                table,
                type -> {
                  throw new UnsupportedOperationException("rows in memory have no expression");
                }),
            List.of());
    var moved = new OtherInput(rex(), scan);
    return new RowsQuery(
        rows, plan(scan, values.stream().map(value -> value.accept(moved)).toList(), names));
  }

  /** The scope's columns as a relation has them. */
  private List<ColumnDefinition> columns() {
    var columns = new ArrayList<ColumnDefinition>();
    for (RelDataTypeField field : project.getInput().getRowType().getFieldList()) {
      columns.add(
          new ColumnDefinition(
              "c" + columns.size(),
              SqlTypes.fromCalcite(field.getType())
                  .orElseThrow(
                      () ->
                          new CaissonException(
                                  SqlState.FEATURE_NOT_SUPPORTED,
                                  "column \""
                                      + field.getName()
                                      + "\" has the type "
                                      + field.getType().getSqlTypeName().getName()
                                      + ", which this statement can't keep")
                              .withHint("Cast it to another type, as in CAST(... AS TEXT)."))));
    }
    return columns;
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
  }

  private PreparedQuery plan(RelNode input, List<RexNode> values, List<String> names) {
    RelNode tree =
        LogicalProject.create(input, List.of(), values, names, project.getVariablesSet());
    Set<String> inputs = new TreeSet<>(QueryValidator.inputs(tree));
    inputs.remove(RowsQuery.NAME);
    return planning.apply(new ValidatedQuery(tree, names, List.of(), inputs));
  }

  /** Lets references go to another input, whose columns may have types that differ a little. */
  private static final class OtherInput extends RexShuttle {
    private final RexBuilder rex;
    private final RelNode input;

    OtherInput(RexBuilder rex, RelNode input) {
      this.rex = rex;
      this.input = input;
    }

    @Override
    public RexNode visitInputRef(RexInputRef reference) {
      RexNode moved = rex.makeInputRef(input, reference.getIndex());
      return moved.getType().equals(reference.getType())
          ? moved
          : rex.makeAbstractCast(reference.getType(), moved, false);
    }
  }
}
