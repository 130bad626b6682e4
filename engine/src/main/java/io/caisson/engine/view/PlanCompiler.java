package io.caisson.engine.view;

import io.caisson.catalog.StreamDefinition;
import io.caisson.dataflow.operator.AggregateSpec;
import io.caisson.dataflow.operator.Circuit;
import io.caisson.dataflow.operator.CircuitBuilder;
import io.caisson.dataflow.window.TumblingWindows;
import io.caisson.engine.compile.ExpressionCompiler;
import io.caisson.plan.AggregateCall;
import io.caisson.plan.Field;
import io.caisson.plan.Plan;
import io.caisson.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Turns the plan of a standing query into a circuit that is ready to be built over its
 * arrangements.
 *
 * @param input the stream that the query reads
 * @param circuit the operators
 * @param fingerprint equal for equal plans only: state kept under another plan is not this
 *     circuit's
 */
public record PlanCompiler(StreamDefinition input, CircuitBuilder circuit, String fingerprint) {

  /** Compiles a plan. */
  public static PlanCompiler compile(Plan plan) {
    Plan bottom = plan;
    while (bottom.input().isPresent()) {
      bottom = bottom.input().get();
    }
    StreamDefinition stream = ((Plan.StreamScan) bottom).stream();
    return new PlanCompiler(stream, append(plan), fingerprint(plan));
  }

  private static CircuitBuilder append(Plan plan) {
    if (plan instanceof Plan.StreamScan scan) {
      return Circuit.over(types(scan), true);
    }
    if (plan instanceof Plan.Filter filter) {
      var compiled = ExpressionCompiler.filter(filter.condition(), types(filter.source()));
      return append(filter.source()).filter(compiled);
    }
    if (plan instanceof Plan.Project project) {
      var compiled = ExpressionCompiler.project(project.expressions(), types(project.source()));
      return append(project.source()).project(compiled, types(project));
    }
    if (plan instanceof Plan.TumbleWindow window) {
      return append(window.source())
          .tumble(
              window.timeColumn(), new TumblingWindows(window.sizeMicros(), window.offsetMicros()));
    }
    var aggregate = (Plan.Aggregate) plan;
    return append(aggregate.source())
        .aggregate(
            aggregate.groupColumns(), aggregate.calls().stream().map(PlanCompiler::spec).toList());
  }

  private static AggregateSpec spec(AggregateCall call) {
    return new AggregateSpec(
        AggregateSpec.Function.valueOf(call.function().name()), call.argument(), call.filter());
  }

  private static List<SqlType> types(Plan plan) {
    return plan.fields().stream().map(Field::type).toList();
  }

  private static String fingerprint(Plan plan) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(plan.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
