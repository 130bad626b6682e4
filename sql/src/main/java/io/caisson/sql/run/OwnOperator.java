package io.caisson.sql.run;

import io.caisson.sql.runtime.RowOperation;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Predicate1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgramBuilder;
import org.apache.calcite.rex.RexShuttle;

/**
 * An operator of our own among those of Calcite's runtime: the code that Calcite generates hands it
 * the rows of its inputs, as arrays. Immutable but for what the planner does to its inputs.
 */
final class OwnOperator extends AbstractRelNode implements EnumerableRel {
  /** Gives an operator inputs that can run. */
  static final RelOptRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              OwnOperator.class,
              operator -> operator.getConvention() == Convention.NONE,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "OwnOperatorRule")
          .withRuleFactory(ToEnumerable::new)
          .toRule(ToEnumerable.class);

  private final Operation what;
  private final List<Condition> conditions;
  private List<RelNode> inputs;

  /** An operator without conditions. */
  OwnOperator(
      RelOptCluster cluster,
      RelTraitSet traits,
      Operation what,
      RelDataType row,
      List<RelNode> inputs) {
    this(cluster, traits, what, row, inputs, List.of());
  }

  /** An operator. */
  OwnOperator(
      RelOptCluster cluster,
      RelTraitSet traits,
      Operation what,
      RelDataType row,
      List<RelNode> inputs,
      List<Condition> conditions) {
    super(cluster, traits);
    this.what = what;
    this.conditions = List.copyOf(conditions);
    this.rowType = row;
    this.inputs = new ArrayList<>(inputs);
  }

  /**
   * An operation of a query.
   *
   * @param index its place among the query's
   * @param rows what is done
   * @param arrays whether a row of one field is an array too, not its field; so that rows are
   *     objects of their own
   */
  record Operation(int index, RowOperation rows, boolean arrays) {}

  /**
   * A condition that the operation asks generated code for.
   *
   * @param row the types of the values it is over
   * @param condition what must be true of them
   */
  record Condition(RelDataType row, RexNode condition) {}

  /** What it does. */
  Operation operation() {
    return what;
  }

  @Override
  public List<RelNode> getInputs() {
    return inputs;
  }

  @Override
  public void replaceInput(int ordinal, RelNode input) {
    inputs = new ArrayList<>(inputs);
    inputs.set(ordinal, input);
    recomputeDigest();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> newInputs) {
    return new OwnOperator(getCluster(), traits, what, rowType, newInputs, conditions);
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    List<Condition> changed =
        conditions.stream()
            .map(one -> new Condition(one.row, one.condition.accept(shuttle)))
            .toList();
    return changed.equals(conditions)
        ? this
        : new OwnOperator(getCluster(), traitSet, what, rowType, inputs, changed);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer);
    for (int i = 0; i < inputs.size(); i++) {
      writer.input("input" + i, inputs.get(i));
    }
    return writer.item("does", what.rows.text()).item("operation", what.index);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    return inputs.isEmpty() ? 1 : metadata.getRowCount(inputs.get(0));
  }

  @Override
  public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery metadata) {
    double rows = estimateRowCount(metadata);
    return planner.getCostFactory().makeCost(rows, rows, 0);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
    var types = implementor.getTypeFactory();
    PhysType arrays = PhysTypeImpl.of(types, rowType, JavaRowFormat.ARRAY, false);
    PhysType physical =
        what.arrays ? arrays : PhysTypeImpl.of(types, rowType, preference.preferArray());
    var block = new BlockBuilder();
    var rows = new ArrayList<Expression>();
    for (int i = 0; i < inputs.size(); i++) {
      Result input = implementor.visitChild(this, i, (EnumerableRel) inputs.get(i), Prefer.ARRAY);
      Expression child = block.append("input" + i, input.block);
      PhysType array =
          PhysTypeImpl.of(types, inputs.get(i).getRowType(), JavaRowFormat.ARRAY, false);
      rows.add(RowForm.converted(child, input.physType, array));
    }
    Expression result =
        Expressions.call(
            QueryContext.class,
            "operate",
            DataContext.ROOT,
            Expressions.constant(what.index),
            Expressions.newArrayInit(Enumerable.class, rows),
            Expressions.newArrayInit(
                Predicate1.class,
                conditions.stream().map(one -> predicate(one, implementor)).toList()));
    block.add(Expressions.return_(null, RowForm.converted(result, arrays, physical)));
    return implementor.result(physical, block.toBlock());
  }

  @SuppressWarnings("unchecked") // a class does not say what its type arguments are
  private Expression predicate(Condition condition, EnumerableRelImplementor implementor) {
    PhysType arrays =
        PhysTypeImpl.of(implementor.getTypeFactory(), condition.row, JavaRowFormat.ARRAY, false);
    ParameterExpression row = Expressions.parameter(arrays.getJavaRowType(), "row");
    var program = new RexProgramBuilder(condition.row, getCluster().getRexBuilder());
    program.addCondition(condition.condition);
    var block = new BlockBuilder();
    block.add(
        Expressions.return_(
            null,
            RexToLixTranslator.translateCondition(
                program.getProgram(),
                implementor.getTypeFactory(),
                block,
                new RexToLixTranslator.InputGetterImpl(row, arrays),
                implementor::getCorrelVariableGetter,
                implementor.getConformance())));
    return Expressions.lambda(Predicate1.class, block.toBlock(), row);
  }

  /** Asks for inputs that can run. */
  private static final class ToEnumerable extends ConverterRule {
    ToEnumerable(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      RelTraitSet wanted = node.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
      List<RelNode> inputs =
          node.getInputs().stream().map(input -> convert(input, wanted)).toList();
      return node.copy(wanted, inputs);
    }
  }
}
