package io.caisson.plan;

import java.util.Optional;

/**
 * What a row must fulfil to be mapped to a variable of a row pattern, in two parts that must both
 * be true. Immutable.
 *
 * @param local what only the row and its neighbours decide
 * @param matched what other rows of the match decide too
 */
public record MatchDefinition(Optional<Test> local, Optional<Test> matched) {
  /**
   * A condition.
   *
   * @param values what it is over
   * @param condition a BOOLEAN expression over these
   */
  public record Test(MatchValues values, Expression condition) {}
}
