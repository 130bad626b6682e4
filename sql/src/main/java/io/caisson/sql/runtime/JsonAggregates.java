package io.caisson.sql.runtime;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Aggregates that make JSON of JSON. Stateless. */
final class JsonAggregates {
  private JsonAggregates() {}

  private static Json json(@Nullable Object value) {
    return value == null ? new Json.Null() : Json.parse(value.toString());
  }

  /** JSONB_AGG, of all values or of those that are not NULL. For one thread. */
  static final class Elements implements Accumulator {
    private final boolean strict;
    private final List<Json> elements = new ArrayList<>();
    private boolean any;

    Elements(boolean strict) {
      this.strict = strict;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      any = true;
      if (!strict || arguments[0] != null) {
        elements.add(json(arguments[0]));
      }
    }

    @Override
    public @Nullable Object result() {
      return any ? new Json.Array(elements).write() : null;
    }
  }

  /** JSONB_OBJECT_AGG: of equal names the last counts. For one thread. */
  static final class Members implements Accumulator {
    private final boolean strict;
    private final TreeMap<String, Json> members = new TreeMap<>(Json.NAME_ORDER);
    private boolean any;

    Members(boolean strict) {
      this.strict = strict;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
      if (arguments[0] == null) {
        throw new CaissonException(SqlState.INVALID_PARAMETER, "field name must not be null");
      }
      if (!strict || arguments[1] != null) {
        members.put(json(arguments[0]).unquoted(), json(arguments[1]));
      }
      any = true;
    }

    @Override
    public @Nullable Object result() {
      return any ? new Json.Members(members).write() : null;
    }
  }
}
