package io.caisson.sql.run;

import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.linq4j.tree.Expression;

/**
 * The forms of rows in the code that Calcite generates: operators of our own speak arrays, also of
 * one field; Calcite's expect the form that they asked for, in which one field stands for its row.
 * Stateless.
 */
final class RowForm {
  private RowForm() {}

  /** Rows in another form. */
  static Expression converted(Expression rows, PhysType from, PhysType to) {
    return from.getFormat() == to.getFormat() ? rows : from.convertTo(rows, to.getFormat());
  }
}
