package io.caisson.sql.convert;

import io.caisson.plan.Expression;
import io.caisson.plan.Filter;
import io.caisson.plan.Plan;
import io.caisson.plan.Project;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/**
 * What a condition that no row meets leaves of its input: Calcite makes constant rows of it, none
 * of them. A plan reads something, so that an input of the query is read and nothing of it let
 * through. Stateless.
 */
final class NoRows {
  private static final Expression FALSE =
      new Expression.Literal(0L, SqlType.of(TypeKind.BOOLEAN).withNullable(false));

  private NoRows() {}

  /**
   * The plan, or empty where the query reads nothing.
   *
   * @param types the types of the columns
   * @param names their names
   * @param query the whole query
   * @param plans makes plans of its inputs
   */
  static Optional<Plan> plan(
      List<SqlType> types, List<String> names, RelNode query, Function<TableScan, Plan> plans) {
    return firstScan(query)
        .map(plans)
        .map(
            input ->
                new Project(
                    new Filter(input, FALSE),
                    types.stream()
                        .<Expression>map(
                            type -> new Expression.Literal(null, type.withNullable(true)))
                        .toList(),
                    names));
  }

  private static Optional<TableScan> firstScan(RelNode node) {
    return node instanceof TableScan scan
        ? Optional.of(scan)
        : node.getInputs().stream().flatMap(input -> firstScan(input).stream()).findFirst();
  }
}
