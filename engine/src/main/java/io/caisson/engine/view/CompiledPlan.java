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
 * @param fingerprint equal for equal plans only: state kept under another plan is not this
 *     circuit's
 */
public record CompiledPlan(List<CatalogObject> inputs, CircuitBuilder circuit, String fingerprint) {
  /** Changes whenever the same plan becomes another circuit, or names its state otherwise. */
  private static final String CIRCUITS = "circuits 4: ";

  /** Copies the list. */
  public CompiledPlan {
    inputs = List.copyOf(inputs);
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
