package io.caisson.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of two inputs whose columns have the same types, combined.
 *
 * @param left the left rows
 * @param right the right rows
 * @param kind how
 */
public record SetOperation(Plan left, Plan right, SetKind kind) implements Plan {
  @Override
  public List<Field> fields() {
    var fields = new ArrayList<Field>();
    for (int i = 0; i < left.fields().size(); i++) {
      fields.add(left.fields().get(i).nullableIf(right.fields().get(i).type().nullable()));
    }
    return fields;
  }

  @Override
  public List<Plan> inputs() {
    return List.of(left, right);
  }

  @Override
  public boolean appendOnly() {
    return kind == SetKind.UNION_ALL && left.appendOnly() && right.appendOnly();
  }
}
