package io.caisson.sql.run;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.runtime.RowOperation;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.sql.validate.ValidatedQuery;
import io.caisson.time.Clock;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.volcano.AbstractConverter;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Plans ad-hoc queries for Calcite's enumerable runtime. For one query. */
public final class QueryPlanner {
  private static final List<RelOptRule> SUB_QUERIES =
      List.of(
          CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
          CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
          CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);
  private static final List<RelOptRule> LOGICAL =
      List.of(
          CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW,
          CoreRules.FILTER_INTO_JOIN,
          CoreRules.JOIN_CONDITION_PUSH,
          CoreRules.FILTER_PROJECT_TRANSPOSE,
          CoreRules.FILTER_SET_OP_TRANSPOSE,
          CoreRules.FILTER_AGGREGATE_TRANSPOSE,
          CoreRules.FILTER_MERGE,
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE);

  /** Makes columns of the keys of joins that are no columns, which only then are found by hash. */
  private static final List<RelOptRule> KEYS = List.of(CoreRules.JOIN_PUSH_EXPRESSIONS);

  /** Brings filters next to the scans again, behind the projections that trimming left there. */
  private static final List<RelOptRule> LATE =
      List.of(
          CoreRules.FILTER_PROJECT_TRANSPOSE, CoreRules.PROJECT_MERGE, CoreRules.PROJECT_REMOVE);

  /** Without the merge join, whose comparison knows neither NaN nor the order of our texts. */
  private static final List<RelOptRule> PHYSICAL =
      List.of(
          OwnOperator.RULE,
          AbstractConverter.ExpandConversionRule.INSTANCE,
          EnumerableRules.ENUMERABLE_JOIN_RULE,
          EnumerableRules.ENUMERABLE_ASOFJOIN_RULE,
          EnumerableRules.ENUMERABLE_CORRELATE_RULE,
          EnumerableRules.ENUMERABLE_PROJECT_RULE,
          EnumerableRules.ENUMERABLE_FILTER_RULE,
          EnumerableRules.ENUMERABLE_CALC_RULE,
          EnumerableRules.ENUMERABLE_SORT_RULE,
          EnumerableRules.ENUMERABLE_LIMIT_RULE,
          EnumerableRules.ENUMERABLE_LIMIT_SORT_RULE,
          EnumerableRules.ENUMERABLE_COLLECT_RULE,
          EnumerableRules.ENUMERABLE_UNCOLLECT_RULE,
          EnumerableRules.ENUMERABLE_UNION_RULE,
          EnumerableRules.ENUMERABLE_INTERSECT_RULE,
          EnumerableRules.ENUMERABLE_MINUS_RULE,
          EnumerableRules.ENUMERABLE_VALUES_RULE,
          EnumerableRules.ENUMERABLE_TABLE_FUNCTION_SCAN_RULE,
          EnumerableRules.ENUMERABLE_MATCH_RULE);

  /** Only Calc has an implementation; filters and projections are there for the planner. */
  private static final List<RelOptRule> CALC =
      List.of(
          EnumerableRules.ENUMERABLE_PROJECT_TO_CALC_RULE,
          EnumerableRules.ENUMERABLE_FILTER_TO_CALC_RULE,
          CoreRules.CALC_MERGE);

  private final Clock clock;

  /** A planner whose queries ask the given clock what time it is. */
  public QueryPlanner(Clock clock) {
    this.clock = clock;
  }

  /** The planner to which the trees of ad-hoc queries belong. */
  public static RelOptPlanner newPlanner() {
    var planner = new VolcanoPlanner();
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    PHYSICAL.forEach(planner::addRule);
    return planner;
  }

  /** Plans a query over objects of which nothing is known. */
  public PreparedQuery plan(ValidatedQuery query) {
    return plan(query, PlanningContext.NONE);
  }

  /** Plans a query. */
  public PreparedQuery plan(ValidatedQuery query, PlanningContext context) {
    return plan(query, context, false);
  }

  /** Plans a query whose steps are measured when it runs. */
  public PreparedQuery planMeasured(ValidatedQuery query, PlanningContext context) {
    return plan(query, context, true);
  }

  private PreparedQuery plan(ValidatedQuery query, PlanningContext context, boolean measured) {
    List<ColumnDefinition> columns = columns(query, query.names());
    RelNode digits = query.tree().accept(new NumericIdentities());
    RelNode tree = logical(digits).accept(new RightJoins());
    Map<Integer, SqlType> parameters = parameters(tree);
    var scans = new ScanPlanner(context);
    tree = tree.accept(scans);
    Optional<PreparedQuery> direct = DirectQuery.of(tree, columns, query.inputs());
    if (direct.isPresent()) {
      return measured ? new MeasuredQuery(direct.get(), clock) : direct.get();
    }
    var operations = new ArrayList<RowOperation>();
    tree = tree.accept(new OwnOperators(operations));
    tree = tree.accept(new RuntimeArithmetic(tree.getCluster().getRexBuilder()));
    tree = rewritten(tree, KEYS);
    tree = tree.accept(new RuntimeOrder());
    EnumerableRel physical = (EnumerableRel) physical(tree).accept(new KeptInputs(operations));
    EnumerableRel runs =
        measured ? (EnumerableRel) new MeasuredSteps(operations).of(physical) : physical;
    Map<String, Object> constants = new HashMap<>();
    Bindable<?> code =
        EnumerableInterpretable.toBindable(constants, null, runs, EnumerableRel.Prefer.ARRAY);
    var types = (JavaTypeFactory) tree.getCluster().getTypeFactory();
    return new EnumerableQuery(
        columns,
        query.inputs(),
        physical,
        code,
        types,
        new EnumerableQuery.Parts(scans.targets(), List.copyOf(operations), constants, parameters),
        clock);
  }

  /** The types of the places for values, by their numbers. */
  private static Map<Integer, SqlType> parameters(RelNode tree) {
    var found = new HashMap<Integer, SqlType>();
    var finder =
        new RexShuttle() {
          @Override
          public RexNode visitDynamicParam(RexDynamicParam place) {
            found.put(
                place.getIndex(),
                SqlTypes.fromCalcite(place.getType()).orElse(SqlType.of(TypeKind.TEXT)));
            return place;
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(finder);
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    return found;
  }

  /** The outputs of a query under the given names. */
  public static List<ColumnDefinition> columns(ValidatedQuery query, List<String> names) {
    var columns = new ArrayList<ColumnDefinition>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      RelDataType type = query.tree().getRowType().getFieldList().get(i).getType();
      columns.add(new ColumnDefinition(name, resultType(name, type)));
    }
    return columns;
  }

  private static SqlType resultType(String name, RelDataType type) {
    return SqlTypes.fromCalcite(type)
        .map(t -> t.kind() == TypeKind.TEXT ? SqlType.of(t.kind()).withNullable(t.nullable()) : t)
        .orElseThrow(
            () ->
                new CaissonException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "column \""
                            + name
                            + "\" has the type "
                            + type.getSqlTypeName().getName()
                            + ", which cannot be a result")
                    .withHint("Cast it to another type, as in CAST(... AS TEXT)."));
  }

  private static RelNode logical(RelNode query) {
    RelNode tree = rewritten(query, SUB_QUERIES);
    var builder = RelFactories.LOGICAL_BUILDER.create(tree.getCluster(), null);
    if (RelOptUtil.getVariablesUsed(tree).isEmpty()) {
      tree = decorrelated(tree, builder);
    }
    tree = rewritten(tree, LOGICAL);
    tree = rewritten(tree.accept(new EqualZeros()), KEYS);
    return rewritten(new FieldTrimmer(builder).trim(tree), LATE);
  }

  /**
   * The tree with joins in the place of queries that run for each row. There are trees over which
   * the rewriting stumbles; such a query runs for each row.
   */
  private static RelNode decorrelated(RelNode tree, RelBuilder builder) {
    try {
      return RelDecorrelator.decorrelateQuery(tree, builder);
    } catch (IndexOutOfBoundsException | NullPointerException | AssertionError tooInvolved) {
      return tree;
    }
  }

  private static RelNode rewritten(RelNode tree, List<RelOptRule> rules) {
    HepProgram program =
        HepProgram.builder()
            .addMatchOrder(HepMatchOrder.BOTTOM_UP)
            .addRuleCollection(rules)
            .build();
    var planner =
        new HepPlanner(program, null, true, null, org.apache.calcite.plan.RelOptCostImpl.FACTORY);
    planner.setRoot(tree);
    return planner.findBestExp();
  }

  private static EnumerableRel physical(RelNode tree) {
    RelOptPlanner planner = tree.getCluster().getPlanner();
    RelTraitSet wanted = tree.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
    boolean there = tree.getTraitSet().equals(wanted);
    planner.setRoot(there ? tree : planner.changeTraits(tree, wanted));
    return (EnumerableRel) rewritten(planner.findBestExp(), CALC);
  }
}
