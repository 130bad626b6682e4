package io.caisson.sql.match;

import io.caisson.function.match.Slot;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * A condition of a pattern variable over values that are read of a match. Immutable.
 *
 * @param slots the values
 * @param row their types, one field for each
 * @param condition what must be true, over that row
 */
public record MatchTest(List<Slot> slots, RelDataType row, RexNode condition) {
  /** Copies the list. */
  public MatchTest {
    slots = List.copyOf(slots);
  }

  /** The same with another condition over the same values. */
  public MatchTest map(UnaryOperator<RexNode> change) {
    return new MatchTest(slots, row, change.apply(condition));
  }
}
