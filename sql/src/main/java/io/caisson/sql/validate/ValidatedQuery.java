package io.caisson.sql.validate;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
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

  /** The same query without its ORDER BY, unless that says which rows there are. */
  public ValidatedQuery unordered() {
    return new ValidatedQuery(unordered(tree), names, nodes, inputs);
  }

  private static RelNode unordered(RelNode tree) {
    if (tree instanceof Project project) {
      RelNode below = unordered(project.getInput());
      return below == project.getInput()
          ? tree
          : project.copy(project.getTraitSet(), List.of(below));
    }
    return tree instanceof Sort sort && sort.fetch == null && sort.offset == null
        ? sort.getInput()
        : tree;
  }
}
