package io.caisson.sql.run;

import io.caisson.catalog.TableDefinition;
import io.caisson.plan.Expression;
import java.util.List;
import java.util.Map;

/** What a planner asks about the objects that it plans for. For one statement. */
public interface PlanningContext {
  /** Where nothing is known. */
  PlanningContext NONE =
      new PlanningContext() {
        @Override
        public RowCounts counts() {
          return RowCounts.UNKNOWN;
        }

        @Override
        public Map<Integer, List<Expression>> indexExpressions(TableDefinition table) {
          return Map.of();
        }
      };

  /** How many rows there are. */
  RowCounts counts();

  /** The expressions of a table's indexes, by the index's number. */
  Map<Integer, List<Expression>> indexExpressions(TableDefinition table);
}
