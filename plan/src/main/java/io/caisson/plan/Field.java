package io.caisson.plan;

import io.caisson.type.SqlType;

/**
 * A named output of a plan.
 *
 * @param name its name
 * @param type its type
 */
public record Field(String name, SqlType type) {
  /** The same output, which may be NULL where it could not before. */
  Field nullableIf(boolean nullable) {
    return nullable ? new Field(name, type.withNullable(true)) : this;
  }
}
