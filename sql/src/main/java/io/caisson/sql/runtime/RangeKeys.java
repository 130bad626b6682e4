package io.caisson.sql.runtime;

import java.math.BigDecimal;

/**
 * The physical form of values by which the rows of a window are sorted. Immutable.
 *
 * @param unit by how much a whole number is multiplied
 */
public record RangeKeys(long unit) {
  /** A value in its physical form. */
  Object physical(Object key) {
    if (key instanceof BigDecimal) {
      return key;
    }
    if (key instanceof Double || key instanceof Float) {
      return ((Number) key).doubleValue();
    }
    return ((Number) key).longValue() * unit;
  }
}
