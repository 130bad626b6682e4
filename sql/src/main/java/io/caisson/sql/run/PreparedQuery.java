package io.caisson.sql.run;

import io.caisson.catalog.ColumnDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A planned query that can run many times, at the same time too. Thread-safe. */
public interface PreparedQuery {
  /** The names and types of its outputs; names may occur twice. */
  List<ColumnDefinition> columns();

  /** The names of the catalog's objects that it reads. */
  Set<String> inputs();

  /** How often it reads an object of a name. */
  default int scansOf(String name) {
    return 0;
  }

  /** How it will run, a line for each step, inputs below and indented. */
  String explain();

  /** Whether its rows are the same whenever it runs. */
  default boolean constant() {
    return false;
  }

  /** How it will run. */
  default PlanStep plan() {
    return new PlanStep(explain().strip(), Map.of(), Optional.empty(), List.of());
  }

  /**
   * Runs it to its end and says how it ran; what each step took is there where the query was
   * planned to be measured.
   *
   * @param source where rows come from
   */
  default PlanStep analyze(ScanSource source) {
    try (CloseableIterator<@Nullable Object[]> rows = run(source)) {
      rows.forEachRemaining(row -> {});
    }
    return plan();
  }

  /**
   * The query with a value for each of its places, from the left.
   *
   * @param values values as a program gives them
   * @throws io.caisson.error.CaissonException where a value can't be of its place's type
   */
  default PreparedQuery with(List<? extends @Nullable Object> values) {
    return this;
  }

  /**
   * Runs it. Values are of the Java classes that their types name. Errors of the data appear while
   * the rows are read.
   *
   * @param source where rows come from
   * @return the rows, to be closed by the caller
   */
  CloseableIterator<@Nullable Object[]> run(ScanSource source);
}
