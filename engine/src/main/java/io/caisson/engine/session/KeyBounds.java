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
      byte[] key = condition.column() == column ? bytes(condition.value()) : null;
      if (key != null) {
        bounds = bounds.narrowed(condition.comparison(), key);
      }
    }
    return bounds;
  }

  private static byte @Nullable [] bytes(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
  }

  private KeyBounds narrowed(ColumnCondition.Comparison comparison, byte[] key) {
    return switch (comparison) {
      case EQUAL -> from(new End(key, true)).to(new End(key, true));
      case GREATER -> from(new End(key, false));
      case GREATER_OR_EQUAL -> from(new End(key, true));
      case LESS -> to(new End(key, false));
      case LESS_OR_EQUAL -> to(new End(key, true));
    };
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
