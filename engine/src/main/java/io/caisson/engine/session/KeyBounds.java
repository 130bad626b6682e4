package io.caisson.engine.session;

import io.caisson.model.document.IdRange;
import io.caisson.model.keyvalue.KeySpan;
import io.caisson.sql.run.ColumnCondition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between which keys the rows lie that fulfil some conditions on the key. Keys are in the order of
 * unsigned bytes, text in that of its UTF-8. Immutable.
 *
 * @param lower where they begin, or null for the first
 * @param upper where they end, or null for the last
 */
record KeyBounds(@Nullable End lower, @Nullable End upper) {
  /**
   * An end of what lies between.
   *
   * @param key where it is
   * @param inclusive whether the key itself belongs to it
   */
  record End(byte[] key, boolean inclusive) {
    String text() {
      return new String(key, StandardCharsets.UTF_8);
    }
  }

  /** The bounds that the conditions on a column make. */
  static KeyBounds of(List<ColumnCondition> conditions, int column) {
    var bounds = new KeyBounds(null, null);
    for (ColumnCondition condition : conditions) {
      if (condition.column() == column) {
        bounds = bounds.narrowed(condition);
      }
    }
    return bounds;
  }

  private KeyBounds narrowed(ColumnCondition condition) {
    ColumnCondition.Comparison comparison = condition.comparison();
    boolean equal = comparison == ColumnCondition.Comparison.EQUAL;
    KeyBounds bounds = this;
    if (equal
        || comparison == ColumnCondition.Comparison.GREATER
        || comparison == ColumnCondition.Comparison.GREATER_OR_EQUAL) {
      bounds = bounds.from(end(condition, comparison != ColumnCondition.Comparison.GREATER));
    }
    if (equal
        || comparison == ColumnCondition.Comparison.LESS
        || comparison == ColumnCondition.Comparison.LESS_OR_EQUAL) {
      bounds = bounds.to(end(condition, comparison != ColumnCondition.Comparison.LESS));
    }
    return bounds;
  }

  private static End end(ColumnCondition condition, boolean inclusive) {
    Object value = condition.value();
    byte[] key =
        value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8);
    return new End(key, inclusive);
  }

  private KeyBounds from(End end) {
    int order = lower == null ? -1 : Arrays.compareUnsigned(lower.key(), end.key());
    return order < 0 || (order == 0 && !end.inclusive()) ? new KeyBounds(end, upper) : this;
  }

  private KeyBounds to(End end) {
    int order = upper == null ? 1 : Arrays.compareUnsigned(upper.key(), end.key());
    return order > 0 || (order == 0 && !end.inclusive()) ? new KeyBounds(lower, end) : this;
  }

  IdRange ids() {
    return new IdRange(
        lower == null ? null : new IdRange.Bound(lower.text(), lower.inclusive()),
        upper == null ? null : new IdRange.Bound(upper.text(), upper.inclusive()));
  }

  KeySpan keys() {
    return new KeySpan(
        KeySpan.ALL.prefix(),
        lower == null ? null : new KeySpan.Bound(lower.key(), lower.inclusive()),
        upper == null ? null : new KeySpan.Bound(upper.key(), upper.inclusive()));
  }
}
