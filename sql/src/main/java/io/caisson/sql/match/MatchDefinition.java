package io.caisson.sql.match;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexNode;

/**
 * What a row must fulfil to be mapped to a variable, in two parts that must both be true.
 * Immutable.
 *
 * @param local what only the row and its neighbours decide
 * @param matched what other rows of the match decide too
 */
public record MatchDefinition(Optional<MatchTest> local, Optional<MatchTest> matched) {
  /** The same with other conditions. */
  public MatchDefinition map(UnaryOperator<RexNode> change) {
    return new MatchDefinition(
        local.map(test -> test.map(change)), matched.map(test -> test.map(change)));
  }
}
