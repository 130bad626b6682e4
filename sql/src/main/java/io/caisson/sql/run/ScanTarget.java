package io.caisson.sql.run;

import io.caisson.catalog.CatalogObject;
import io.caisson.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One read of an object by a query. Immutable.
 *
 * @param object the object
 * @param request what of it
 */
record ScanTarget(CatalogObject object, ScanRequest request) {
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
