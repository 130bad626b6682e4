package io.caisson.sql.validate;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;

/**
 * A query whose names, types and functions are known. Immutable.
 *
 * @param tree the relational tree, as written, sub-queries still inside of expressions
 * @param names the names of its outputs as PostgreSQL gives them, duplicates included
 * @param nodes the expression behind each output where it is known, for places of errors
 * @param inputs the names of the catalog's objects that it reads
 */
public record ValidatedQuery(
    RelNode tree, List<String> names, List<SqlNode> nodes, Set<String> inputs) {
  /** Copies the collections. */
  public ValidatedQuery {
    names = List.copyOf(names);
    nodes = List.copyOf(nodes);
    inputs = Set.copyOf(inputs);
  }
}
