package io.caisson.sql.convert;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.plan.SetKind;
import io.caisson.plan.SetOperation;
import io.caisson.plan.SkipErrors;
import io.caisson.plan.StreamScan;
import io.caisson.sql.match.RowMatch;
import io.caisson.sql.validate.CatalogTable;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.sql.validate.ValidatedQuery;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** Makes plans of standing queries, or says why a query cannot be kept. For one query. */
public final class PlanConverter {
  private final Catalog catalog;
  private final Function<ViewDefinition, Plan> views;
  private final long latenessMicros;
  private @Nullable RelNode whole;

  /**
   * A converter.
   *
   * @param catalog the objects that exist
   * @param views plans the queries of views that the query reads
   * @param latenessMicros how much later than the watermarks of its streams say rows may come
   */
  public PlanConverter(Catalog catalog, Function<ViewDefinition, Plan> views, long latenessMicros) {
    this.catalog = catalog;
    this.views = views;
    this.latenessMicros = latenessMicros;
  }

  /** The plan of a query, its outputs named as given. */
  public Plan convert(ValidatedQuery query, List<String> names) {
    whole = query.tree();
    Plan plan = convert(StandingQueryRules.apply(query.tree()));
    List<Field> fields = plan.fields();
    if (fields.stream().map(Field::name).toList().equals(names)) {
      return plan;
    }
    return plan instanceof Project project
        ? new Project(project.source(), project.expressions(), names)
        : new Project(plan, columns(plan), names);
  }

  private Plan convert(RelNode node) {
    if (node instanceof TableScan scan) {
      return scan(scan);
    }
    if (node instanceof Filter filter) {
      return filter(filter);
    }
    if (node instanceof org.apache.calcite.rel.core.Project project) {
      return project(project);
    }
    if (node instanceof Aggregate aggregate) {
      return new AggregateConverter(aggregate, convert(aggregate.getInput())).plan();
    }
    if (node instanceof TableFunctionScan function) {
      return new WindowConverter().convert(function, this::convert);
    }
    if (node instanceof Window window) {
      return OverConverter.convert(window, convert(window.getInput()));
    }
    if (node instanceof RowMatch match) {
      return MatchConverter.convert(match, convert(match.getInput()));
    }
    if (node instanceof AsofJoin join) {
      return AsofConverter.convert(join, this::convert);
    }
    if (node instanceof Join join) {
      Plan withConstant = UnnestConverter.ofConstant(join, this::convert);
      return withConstant == null ? JoinConverter.convert(join, this::convert) : withConstant;
    }
    if (node instanceof SetOp operation) {
      return combined(operation);
    }
    if (node instanceof Correlate correlate) {
      return UnnestConverter.convert(correlate, this::convert);
    }
    if (node instanceof Values values && values.getTuples().isEmpty() && whole != null) {
      return NoRows.plan(types(node), node.getRowType().getFieldNames(), whole, this::scan)
          .orElseThrow(() -> refused(node));
    }
    throw refused(node);
  }

  /** Without ALL, of inputs without duplicates: where each row is there once or not at all. */
  private Plan combined(SetOp operation) {
    SetKind kind =
        switch (operation.kind) {
          case UNION -> SetKind.UNION_ALL;
          case INTERSECT -> SetKind.INTERSECT_ALL;
          default -> SetKind.EXCEPT_ALL;
        };
    boolean distinctInputs = !operation.all && kind != SetKind.UNION_ALL;
    List<SqlType> types = types(operation);
    Plan result = null;
    for (RelNode input : operation.getInputs()) {
      Plan next = withTypes(convert(input), types);
      next = distinctInputs ? distinct(next) : next;
      result = result == null ? next : new SetOperation(result, next, kind);
    }
    if (result == null) {
      throw new IllegalStateException("a set operation without inputs");
    }
    return operation.all || distinctInputs ? result : distinct(result);
  }

  private static List<SqlType> types(RelNode node) {
    return node.getRowType().getFieldList().stream()
        .map(
            field ->
                SqlTypes.fromCalcite(field.getType())
                    .orElseThrow(
                        () ->
                            Refusal.of(
                                "values of type " + field.getType().getSqlTypeName().getName(),
                                "Cast the value to another type.")))
        .toList();
  }

  private static Plan withTypes(Plan input, List<SqlType> types) {
    List<Expression> columns = columns(input);
    var casts = new ArrayList<Expression>();
    for (int i = 0; i < columns.size(); i++) {
      casts.add(Casts.like(types.get(i), columns.get(i)));
    }
    return casts.equals(columns)
        ? input
        : new Project(input, casts, input.fields().stream().map(Field::name).toList());
  }

  private static Plan distinct(Plan input) {
    List<Integer> all = IntStream.range(0, input.fields().size()).boxed().toList();
    return new io.caisson.plan.Aggregate(input, all, List.of());
  }

  private static CaissonException refused(RelNode node) {
    if (node instanceof Sort) {
      return Refusal.of("ORDER BY, LIMIT or OFFSET", "Order the rows when you query the view.");
    }
    if (node instanceof Uncollect) {
      return Refusal.of(
          "unnest of an array that is no column",
          "Unnest an array of what stands before it in FROM.");
    }
    if (node instanceof Values) {
      return Refusal.of("constant rows", "Select from a stream.");
    }
    return Refusal.of(
        "this kind of query", "Keep a simpler view and do the rest when you query it.");
  }

  private Plan scan(TableScan scan) {
    CatalogTable table = scan.getTable().unwrap(CatalogTable.class);
    String name =
        scan.getTable().getQualifiedName().get(scan.getTable().getQualifiedName().size() - 1);
    CatalogObject object = table != null ? table.object() : catalog.find(name).orElseThrow();
    if (object instanceof StreamDefinition stream) {
      return new StreamScan(stream.delayedBy(latenessMicros));
    }
    if (object instanceof ViewDefinition view) {
      Plan plan = views.apply(view);
      return view.settings().skipsErrors() ? new SkipErrors(plan) : plan;
    }
    if (object.keepsRows()) {
      return new io.caisson.plan.TableScan(object);
    }
    throw Refusal.of(
        "a " + object.kind() + " (\"" + name + "\") as input", "Select from a stream or a table.");
  }

  private Plan filter(Filter filter) {
    Plan rows = convert(filter.getInput());
    ExpressionConverter expressions = expressions(filter, rows);
    List<RexNode> plain = NowConditions.parts(filter.getCondition(), false);
    if (!plain.isEmpty()) {
      RexBuilder rex = filter.getCluster().getRexBuilder();
      Expression condition = expressions.convert(RexUtil.composeConjunction(rex, plain));
      rows = new io.caisson.plan.Filter(TopRows.limited(rows, condition), condition);
    }
    for (RexNode condition : NowConditions.parts(filter.getCondition(), true)) {
      rows = NowConditions.filtered(condition, rows, expressions);
    }
    return rows;
  }

  private Plan project(org.apache.calcite.rel.core.Project project) {
    Plan source = convert(project.getInput());
    List<String> names = project.getRowType().getFieldNames();
    boolean merges = source instanceof Project;
    List<Expression> inputs =
        source instanceof Project below ? below.expressions() : columns(source);
    var converter = new ExpressionConverter(project.getCluster().getRexBuilder(), inputs);
    List<Expression> expressions = project.getProjects().stream().map(converter::convert).toList();
    if (merges && source instanceof Project below) {
      return new Project(below.source(), expressions, names);
    }
    boolean identity =
        expressions.equals(columns(source))
            && names.equals(source.fields().stream().map(Field::name).toList());
    return identity ? source : new Project(source, expressions, names);
  }

  private static ExpressionConverter expressions(RelNode node, Plan source) {
    return new ExpressionConverter(node.getCluster().getRexBuilder(), columns(source));
  }

  static List<Expression> columns(Plan source) {
    List<Field> fields = source.fields();
    return IntStream.range(0, fields.size())
        .<Expression>mapToObj(i -> new Expression.InputColumn(i, fields.get(i).type()))
        .toList();
  }

  /** An error for a definition that makes no sense. */
  static CaissonException invalid(String message, String hint) {
    return new CaissonException(SqlState.INVALID_DEFINITION, message).withHint(hint);
  }
}
