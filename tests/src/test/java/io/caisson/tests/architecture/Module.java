package io.caisson.tests.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The build modules, the packages each one owns, and what each may see. This is the table of {@code
 * docs/architecture.md} in a form that a test can hold. Immutable.
 */
@SuppressWarnings("ImmutableEnumChecker") // both lists come from List.of
enum Module {
  TYPES(List.of(), "type..", "column..", "error..", "time.."),
  FUNCTIONS(List.of(TYPES), "function.."),
  FORMATS(List.of(TYPES, FUNCTIONS), "format.."),
  PLAN(List.of(TYPES, FUNCTIONS), "plan..", "catalog.."),
  DATAFLOW(List.of(TYPES, FUNCTIONS), "dataflow.."),
  FDB_EMBEDDED(List.of(), "fdb.embedded.."),
  MODEL(List.of(TYPES, PLAN), "model.."),
  SQL(List.of(TYPES, FUNCTIONS, FORMATS, PLAN), "sql.."),
  API(List.of(TYPES), "", "spi.."),
  ENGINE(
      List.of(TYPES, FUNCTIONS, FORMATS, PLAN, DATAFLOW, FDB_EMBEDDED, MODEL, SQL, API),
      "engine.."),
  CLI(List.of(TYPES, FORMATS, API), "cli.."),
  TESTKIT(List.of(TYPES, API), "testkit.."),
  EXAMPLES(List.of(TYPES, API), "examples.."),
  BENCHMARKS(List.of(TYPES, API, CLI, FDB_EMBEDDED, EXAMPLES), "benchmarks..");

  private final List<Module> sees;
  private final List<String> packages;

  Module(List<Module> sees, String... packages) {
    this.sees = sees;
    this.packages = List.of(packages);
  }

  /** Patterns of the packages it owns, under a root package. */
  String[] packages(String root) {
    return packages.stream()
        .map(name -> name.isEmpty() ? root : root + "." + name)
        .toArray(String[]::new);
  }

  /** Patterns of all packages of other modules that it may not see. */
  String[] hidden(String root) {
    return Arrays.stream(values())
        .filter(other -> other != this && !sees.contains(other))
        .flatMap(other -> Stream.of(other.packages(root)))
        .toArray(String[]::new);
  }
}
