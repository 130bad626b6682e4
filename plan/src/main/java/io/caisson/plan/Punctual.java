package io.caisson.plan;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that lets rows pass by their time and the watermark that the stream had reached before
 * them. A row that is too late does not pass but goes to the view's late rows, with the window that
 * it missed.
 */
public sealed interface Punctual extends Plan permits Windowed, InTime {
  /** The rows. */
  Plan source();

  /** Position of the TIMESTAMP column. */
  int timeColumn();

  /** What late rows look like: the source's columns and the window that they missed. */
  default List<Field> lateFields() {
    var fields = new ArrayList<>(source().fields());
    SqlType time = SqlType.of(TypeKind.TIMESTAMP).withNullable(false);
    fields.add(new Field(Plan.WINDOW_START, time));
    fields.add(new Field(Plan.WINDOW_END, time));
    return fields;
  }

  @Override
  default List<Plan> inputs() {
    return List.of(source());
  }
}
