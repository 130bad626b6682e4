package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.dataflow.operator.CircuitBuilder;
import io.caisson.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A standing query as a circuit that is ready to be built over its arrangements.
 *
 * @param inputs the streams and tables that the query reads, in the order of the circuit's inputs
 * @param circuit the operators
 * @param origins for each relation of the circuit the part of the plan that it comes from
 * @param fingerprint equal for equal plans only: state kept under another plan is not this
 *     circuit's
 */
public record CompiledPlan(
    List<CatalogObject> inputs, CircuitBuilder circuit, List<Plan> origins, String fingerprint) {
  /** Changes whenever the same plan becomes another circuit, or names its state otherwise. */
  private static final String CIRCUITS = "circuits 5: ";

  /** Copies the lists. */
  public CompiledPlan {
    inputs = List.copyOf(inputs);
    origins = List.copyOf(origins);
  }

  /** Compiles a plan. */
  public static CompiledPlan of(Plan plan) {
    return PlanCompiler.compile(plan);
  }

  static String fingerprint(Plan plan) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((CIRCUITS + plan).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
