package io.caisson.sql;

import io.caisson.catalog.FunctionDefinition;
import io.caisson.catalog.FunctionDefinition.Volatility;
import io.caisson.error.CaissonException;
import io.caisson.function.FunctionRegistry;
import io.caisson.function.ScalarFunction;
import io.caisson.function.external.JavaFunctions;
import io.caisson.sql.validate.FunctionTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of the language and those of a catalog. What belongs to the catalog that was asked
 * for last is remembered. Thread-safe.
 */
final class UserFunctions {
  private static final FunctionTable BUILT_IN = new FunctionTable(FunctionRegistry.builtIn().all());

  private volatile Known known = new Known(List.of(), BUILT_IN);

  /** Definitions and what they make. */
  private record Known(List<FunctionDefinition> definitions, FunctionTable table) {}

  /** The functions of the language alone. */
  static FunctionTable builtIn() {
    return BUILT_IN;
  }

  /** The functions of the language and the given ones. */
  FunctionTable with(List<FunctionDefinition> definitions) {
    Known last = known;
    if (!last.definitions().equals(definitions)) {
      var all = new ArrayList<ScalarFunction>(FunctionRegistry.builtIn().all());
      definitions.forEach(definition -> all.add(function(definition)));
      last = new Known(definitions, new FunctionTable(all));
      known = last;
    }
    return last.table();
  }

  /** A function; where its class is gone, one that says so when it is called. */
  private static ScalarFunction function(FunctionDefinition definition) {
    try {
      return find(definition);
    } catch (CaissonException e) {
      var missing =
          new CaissonException(
              e.state(),
              "function " + definition.signature() + " can't be called: " + e.getMessage(),
              e);
      String hint = e.hint();
      return JavaFunctions.missing(
          definition.name(),
          definition.arguments(),
          definition.result(),
          hint == null ? missing : missing.withHint(hint));
    }
  }

  /** The function of a definition. */
  static ScalarFunction find(FunctionDefinition definition) {
    return JavaFunctions.find(
        definition.name(),
        definition.arguments(),
        definition.result(),
        definition.target(),
        definition.volatility() == Volatility.IMMUTABLE);
  }
}
