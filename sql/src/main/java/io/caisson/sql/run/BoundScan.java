package io.caisson.sql.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into the places of a scan's conditions and of its way. A comparison with NULL is
 * fulfilled by no row. For one run of a query.
 *
 * @param values a value for each place, as a program gives it
 */
record BoundScan(List<? extends @Nullable Object> values) {
  ScanRequest of(ScanRequest request) {
    var conditions = new ArrayList<ColumnCondition>();
    for (ColumnCondition condition : request.conditions()) {
      conditions.add(of(condition));
    }
    AccessPath path = request.path();
    return new ScanRequest(request.columns(), conditions, path == null ? null : of(path));
  }

  private ColumnCondition of(ColumnCondition condition) {
    List<Object> bound = all(condition.values());
    return bound == null
        ? new ColumnCondition(condition.column(), ColumnCondition.Comparison.IN, List.of())
        : new ColumnCondition(condition.column(), condition.comparison(), bound);
  }

  private AccessPath of(AccessPath path) {
    var parts = new ArrayList<AccessPath.Part>();
    for (AccessPath.Part part : path.parts()) {
      List<Object> prefix = all(part.prefix());
      boolean none = prefix == null || isNull(part.lower()) || isNull(part.upper());
      if (!none && prefix != null) {
        parts.add(new AccessPath.Part(prefix, of(part.lower()), of(part.upper())));
      }
    }
    return new AccessPath(
        path.index(), parts, path.reverse(), path.limit(), path.covered(), path.rows());
  }

  private boolean isNull(AccessPath.@Nullable Bound bound) {
    return bound != null && of(bound.value()) == null;
  }

  private AccessPath.@Nullable Bound of(AccessPath.@Nullable Bound bound) {
    Object value = bound == null ? null : of(bound.value());
    return bound == null || value == null ? null : new AccessPath.Bound(value, bound.inclusive());
  }

  /** The constants with values in their places; null where one is NULL. */
  private @Nullable List<Object> all(List<Object> constants) {
    var bound = new ArrayList<Object>();
    for (Object constant : constants) {
      Object value = of(constant);
      if (value == null) {
        return null;
      }
      bound.add(value);
    }
    return bound;
  }

  private @Nullable Object of(Object constant) {
    if (!(constant instanceof ColumnCondition.Place place)) {
      return constant;
    }
    Object value =
        ParameterValues.physical(ParameterValues.assign(values.get(place.number()), place.type()));
    // Zeros are one key, whatever their sign.
    return value instanceof Double number ? (Object) (number + 0.0) : value;
  }
}
