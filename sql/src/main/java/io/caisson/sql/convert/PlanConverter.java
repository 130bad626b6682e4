package io.caisson.sql.convert;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.Expression;
import io.caisson.plan.Field;
import io.caisson.plan.Plan;
import io.caisson.sql.validate.CatalogTable;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.sql.validate.ValidatedQuery;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;

/** Makes plans of standing queries, or says why a query cannot be kept. For one query. */
public final class PlanConverter {
  private final Catalog catalog;

  /** A converter over the objects of a catalog. */
  public PlanConverter(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The plan of a query, its outputs named as given. */
  public Plan convert(ValidatedQuery query, List<String> names) {
    Plan plan = convert(query.tree());
    List<Field> fields = plan.fields();
    fields.forEach(PlanConverter::checkStorable);
    if (fields.stream().map(Field::name).toList().equals(names)) {
      return plan;
    }
    return plan instanceof Plan.Project project
        ? new Plan.Project(project.source(), project.expressions(), names)
        : new Plan.Project(plan, columns(plan), names);
  }

  private static void checkStorable(Field field) {
    if (field.type().kind() == TypeKind.INTERVAL) {
      throw Refusal.of(
          "a column of type INTERVAL (\"" + field.name() + "\")",
          "Compute the interval when you query the view.");
    }
  }

  private Plan convert(RelNode node) {
    if (node instanceof TableScan scan) {
      return scan(scan);
    }
    if (node instanceof Filter filter) {
      Plan source = convert(filter.getInput());
      return new Plan.Filter(source, expressions(filter, source).convert(filter.getCondition()));
    }
    if (node instanceof Project project) {
      return project(project);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof TableFunctionScan function) {
      return new WindowConverter().convert(function, this::convert);
    }
    throw refused(node);
  }

  private static CaissonException refused(RelNode node) {
    if (node instanceof Sort) {
      return Refusal.of("ORDER BY, LIMIT or OFFSET", "Order the rows when you query the view.");
    }
    if (node instanceof Join || node instanceof Correlate) {
      return Refusal.of("joins", "Keep one view for each input and join them when you query.");
    }
    if (node instanceof SetOp) {
      return Refusal.of(
          "UNION, INTERSECT or EXCEPT",
          "Keep one view for each part and combine them when you query.");
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
      return new Plan.StreamScan(stream);
    }
    throw Refusal.of(
        "a " + object.kind() + " (\"" + name + "\") as input", "Select from a stream.");
  }

  private Plan project(Project project) {
    Plan source = convert(project.getInput());
    List<String> names = project.getRowType().getFieldNames();
    boolean merges = source instanceof Plan.Project;
    List<Expression> inputs =
        source instanceof Plan.Project below ? below.expressions() : columns(source);
    var converter = new ExpressionConverter(project.getCluster().getRexBuilder(), inputs);
    List<Expression> expressions = project.getProjects().stream().map(converter::convert).toList();
    if (merges && source instanceof Plan.Project below) {
      return new Plan.Project(below.source(), expressions, names);
    }
    boolean identity =
        expressions.equals(columns(source))
            && names.equals(source.fields().stream().map(Field::name).toList());
    return identity ? source : new Plan.Project(source, expressions, names);
  }

  private Plan aggregate(Aggregate aggregate) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw Refusal.of("GROUPING SETS, ROLLUP or CUBE", "Keep one view for each grouping.");
    }
    Plan source = convert(aggregate.getInput());
    List<String> names = aggregate.getRowType().getFieldNames();
    int groups = aggregate.getGroupCount();
    var calls = new ArrayList<AggregateCall>();
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      calls.add(call(aggregate.getAggCallList().get(i), names.get(groups + i), source));
    }
    return new Plan.Aggregate(source, aggregate.getGroupSet().asList(), calls);
  }

  private static AggregateCall call(
      org.apache.calcite.rel.core.AggregateCall call, String name, Plan source) {
    String function = call.getAggregation().getName();
    if (call.isDistinct() && !function.equals("MIN") && !function.equals("MAX")) {
      throw Refusal.of(
          "DISTINCT aggregates such as " + function + "(DISTINCT ...)",
          "Keep a view that groups by the column, and count its rows when you query.");
    }
    AggregateCall.Function kind =
        switch (call.getAggregation().getKind()) {
          case COUNT -> AggregateCall.Function.COUNT;
          case SUM -> AggregateCall.Function.SUM;
          case MIN -> AggregateCall.Function.MIN;
          case MAX -> AggregateCall.Function.MAX;
          case AVG -> AggregateCall.Function.AVG;
          default ->
              throw Refusal.of(
                  "the aggregate " + function, "There are COUNT, SUM, MIN, MAX and AVG.");
        };
    if (call.getArgList().size() > 1) {
      throw Refusal.of(function + " of several columns", "Use one column.");
    }
    boolean extreme = kind == AggregateCall.Function.MIN || kind == AggregateCall.Function.MAX;
    if (extreme && !source.appendOnly()) {
      throw Refusal.of(
          kind + " over rows that change",
          "Take " + kind + " over a stream or its windows, not over another aggregate.");
    }
    SqlType type =
        SqlTypes.fromCalcite(call.getType())
            .orElseThrow(() -> Refusal.of("the result of " + function, "Cast the argument."));
    if (type.kind() == TypeKind.TEXT) {
      type = SqlType.of(TypeKind.TEXT).withNullable(type.nullable());
    }
    return new AggregateCall(
        kind,
        call.getArgList().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(call.getArgList().get(0)),
        call.hasFilter() ? OptionalInt.of(call.filterArg) : OptionalInt.empty(),
        name,
        type);
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
