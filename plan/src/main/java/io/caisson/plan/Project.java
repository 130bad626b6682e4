package io.caisson.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Expressions over each row.
 *
 * @param source the rows
 * @param expressions one for each output
 * @param names the outputs' names
 */
public record Project(Plan source, List<Expression> expressions, List<String> names)
    implements Plan {
  /** Copies the lists and checks that they match. */
  public Project {
    expressions = List.copyOf(expressions);
    names = List.copyOf(names);
    if (expressions.size() != names.size()) {
      throw new IllegalArgumentException(
          expressions.size() + " expressions, " + names.size() + " names");
    }
  }

  @Override
  public List<Field> fields() {
    var fields = new ArrayList<Field>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new Field(names.get(i), expressions.get(i).type()));
    }
    return fields;
  }

  @Override
  public List<Plan> inputs() {
    return List.of(source);
  }

  @Override
  public boolean appendOnly() {
    return source.appendOnly();
  }
}
