package io.caisson.sql;

import io.caisson.catalog.FunctionDefinition;
import io.caisson.catalog.FunctionDefinition.Kind;
import io.caisson.catalog.FunctionDefinition.Volatility;
import io.caisson.error.CaissonException;
import io.caisson.function.FunctionRegistry;
import io.caisson.function.ScalarFunction;
import io.caisson.function.external.JavaAggregate;
import io.caisson.function.external.JavaAggregates;
import io.caisson.function.external.JavaFunctions;
import io.caisson.sql.validate.FunctionTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of the language and those of a catalog. What belongs to the catalog that was asked
 * for last is remembered. Thread-safe.
 */
final class UserFunctions {
  private static final FunctionTable BUILT_IN =
      new FunctionTable(FunctionRegistry.builtIn().all(), List.of());

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
      var functions = new ArrayList<ScalarFunction>(FunctionRegistry.builtIn().all());
      var aggregates = new ArrayList<JavaAggregate>();
      for (FunctionDefinition definition : definitions) {
        if (definition.kind() == Kind.AGGREGATE) {
          aggregates.add(aggregate(definition));
        } else {
          functions.add(function(definition));
        }
      }
      last = new Known(definitions, new FunctionTable(functions, aggregates));
      known = last;
    }
    return last.table();
  }

  /**
   * Checks that there is what a definition names.
   *
   * @throws CaissonException 42883 or 42P13 where there is not
   */
  static void check(FunctionDefinition definition) {
    if (definition.kind() == Kind.AGGREGATE) {
      JavaAggregate unused = JavaAggregates.find(signature(definition));
    } else {
      ScalarFunction unused = find(definition);
    }
  }

  /** A function; where its class is gone, one that says so when it is called. */
  private static ScalarFunction function(FunctionDefinition definition) {
    try {
      return find(definition);
    } catch (CaissonException e) {
      return JavaFunctions.missing(
          definition.name(), definition.arguments(), definition.result(), missing(definition, e));
    }
  }

  private static ScalarFunction find(FunctionDefinition definition) {
    return JavaFunctions.find(
        definition.name(),
        definition.arguments(),
        definition.result(),
        definition.target(),
        definition.volatility() == Volatility.IMMUTABLE);
  }

  /** An aggregate; where its class is gone, one that says so when it is called. */
  private static JavaAggregate aggregate(FunctionDefinition definition) {
    try {
      return JavaAggregates.find(signature(definition));
    } catch (CaissonException e) {
      return JavaAggregates.missing(signature(definition), missing(definition, e));
    }
  }

  private static JavaAggregate.Signature signature(FunctionDefinition definition) {
    return new JavaAggregate.Signature(
        definition.name(),
        definition.arguments(),
        definition.result(),
        definition.target(),
        definition.volatility() == Volatility.IMMUTABLE);
  }

  private static CaissonException missing(FunctionDefinition definition, CaissonException reason) {
    var missing =
        new CaissonException(
            reason.state(),
            definition.kind().words()
                + " "
                + definition.signature()
                + " can't be called: "
                + reason.getMessage(),
            reason);
    String hint = reason.hint();
    return hint == null ? missing : missing.withHint(hint);
  }
}
