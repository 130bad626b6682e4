package io.caisson.sql.run;

import io.caisson.catalog.ColumnDefinition;
import java.util.List;
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
