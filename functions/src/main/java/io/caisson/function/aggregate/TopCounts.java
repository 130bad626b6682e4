package io.caisson.function.aggregate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What APPROX_TOP_K answers: the values that are there most often, each with its count, as JSON:
 *
 * <pre>
 *   [{"item": "view", "count": 7}, {"item": "purchase", "count": 2}]
 * </pre>
 *
 * For one thread.
 */
public final class TopCounts {
  private static final int MOST = 10_000;

  private final List<Json> items = new ArrayList<>();

  /** No values yet. */
  public TopCounts() {}

  /**
   * Checks how many values are asked for.
   *
   * @throws CaissonException 22023 where that is none, or more than an answer may have
   */
  public static int checked(long number) {
    if (number < 1 || number > MOST) {
      throw new CaissonException(
          SqlState.INVALID_PARAMETER,
          "the number of values of approx_top_k must be from 1 to " + MOST + ", not " + number);
    }
    return (int) number;
  }

  /** Forgets all values. */
  public void clear() {
    items.clear();
  }

  /** Adds the value that is there next often, written as JSON. */
  public void add(String json, long count) {
    items.add(
        Json.Members.of(
            Map.of(
                "item", Json.parse(json), "count", new Json.Numeric(BigDecimal.valueOf(count)))));
  }

  /** The answer. */
  public String write() {
    return new Json.Array(items).write();
  }
}
