package io.caisson.sql.run;

import io.caisson.sql.runtime.RunState;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.externalize.RelWriterImpl;
import org.apache.calcite.util.Pair;

/** Reads the steps out of a tree that can run; they are numbered from the top. For one tree. */
final class PlanSteps {
  private final Optional<RunState> run;
  private int next;

  private PlanSteps(Optional<RunState> run) {
    this.run = run;
  }

  /** The steps, with what each took in a run, if there was one. */
  static PlanStep of(RelNode tree, Optional<RunState> run) {
    return new PlanSteps(run).step(tree);
  }

  private PlanStep step(RelNode node) {
    int number = next++;
    var details = new Details();
    node.explain(details);
    List<PlanStep> inputs = node.getInputs().stream().map(this::step).toList();
    String name =
        node instanceof OwnOperator own ? own.operation().rows().text() : node.getRelTypeName();
    return new PlanStep(
        name,
        details.found,
        run.flatMap(state -> state.measured(number)).map(PlanSteps::measured),
        inputs);
  }

  private static PlanStep.Measured measured(RunState.Measurement measurement) {
    return new PlanStep.Measured(measurement.rows(), measurement.runs(), measurement.nanos());
  }

  /** Collects what a node says of itself. */
  private static final class Details extends RelWriterImpl {
    private final Map<String, String> found = new LinkedHashMap<>();

    Details() {
      super(new PrintWriter(Writer.nullWriter()));
    }

    @Override
    protected void explain_(RelNode node, List<Pair<String, Object>> values) {
      for (Pair<String, Object> value : new ArrayList<>(values)) {
        boolean shown = !(value.right instanceof RelNode) && !value.left.equals("operation");
        if (shown && !(node instanceof OwnOperator && value.left.equals("does"))) {
          found.put(value.left, String.valueOf(value.right));
        }
      }
    }
  }
}
