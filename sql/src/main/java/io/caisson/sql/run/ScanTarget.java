package io.caisson.sql.run;

import io.caisson.catalog.CatalogObject;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One read of an object by a query. Immutable.
 *
 * @param object the object
 * @param request what of it
 */
record ScanTarget(CatalogObject object, ScanRequest request) {
  /** The same read with values in the places of its conditions; without those that have none. */
  ScanTarget with(Map<Integer, Object> values) {
    var conditions = new ArrayList<ColumnCondition>();
    for (ColumnCondition condition : request.conditions()) {
      Object value =
          condition.value() instanceof ColumnCondition.Place place
              ? ParameterValues.physical(values.get(place.number()))
              : condition.value();
      if (value != null) {
        conditions.add(new ColumnCondition(condition.column(), condition.comparison(), value));
      }
    }
    return new ScanTarget(object, new ScanRequest(request.columns(), conditions));
  }

  /** The types of the requested columns. */
  List<SqlType> types() {
    return Arrays.stream(request.columns()).mapToObj(i -> object.columns().get(i).type()).toList();
  }

  /** The requested columns' names. */
  String columnText() {
    return Arrays.stream(request.columns())
        .mapToObj(i -> object.columns().get(i).name())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The conditions as SQL writes them. */
  String conditionText() {
    return request.conditions().stream()
        .map(
            c ->
                object.columns().get(c.column()).name()
                    + " "
                    + c.comparison().sql()
                    + " "
                    + c.value())
        .collect(Collectors.joining(" AND "));
  }
}
