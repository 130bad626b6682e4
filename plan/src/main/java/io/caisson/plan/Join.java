package io.caisson.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pairs of rows of two inputs, or those of the left one for which there is a pair. A pair's keys
 * are equal, which NULLs are not, and it fulfils the condition.
 *
 * @param left the left rows
 * @param right the right rows
 * @param kind what is put out
 * @param keys the columns that are compared
 * @param condition a further BOOLEAN expression over the columns of both, if any
 */
public record Join(
    Plan left, Plan right, JoinKind kind, JoinKeys keys, Optional<Expression> condition)
    implements Plan {
  @Override
  public List<Field> fields() {
    if (!kind.putsOutPairs()) {
      return left.fields();
    }
    var fields = new ArrayList<Field>();
    left.fields().forEach(field -> fields.add(field.nullableIf(kind.keepsRight())));
    right.fields().forEach(field -> fields.add(field.nullableIf(kind.keepsLeft())));
    return fields;
  }

  @Override
  public List<Plan> inputs() {
    return List.of(left, right);
  }

  @Override
  public boolean appendOnly() {
    boolean grows = kind == JoinKind.INNER || kind == JoinKind.SEMI;
    return grows && left.appendOnly() && right.appendOnly();
  }
}
