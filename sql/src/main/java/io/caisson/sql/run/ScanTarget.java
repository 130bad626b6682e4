package io.caisson.sql.run;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.type.SqlType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One read of an object by a query. Immutable.
 *
 * @param object the object
 * @param request what of it
 * @param exact whether the request's conditions are all that the query demands of its rows
 */
record ScanTarget(CatalogObject object, ScanRequest request, boolean exact) {
  private static final int MOST_SHOWN = 5;

  /** The same read with values in their places. */
  ScanTarget with(List<? extends @Nullable Object> values) {
    return new ScanTarget(object, new BoundScan(values).of(request), exact);
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
    return request.conditions().stream().map(this::text).collect(Collectors.joining(" AND "));
  }

  private String text(ColumnCondition condition) {
    String left =
        object.columns().get(condition.column()).name() + " " + condition.comparison().sql();
    List<Object> values = condition.values();
    if (condition.comparison() == ColumnCondition.Comparison.IN) {
      String shown =
          values.stream()
              .limit(MOST_SHOWN)
              .map(ScanTarget::value)
              .collect(Collectors.joining(", "));
      return left + " (" + shown + (values.size() > MOST_SHOWN ? ", …)" : ")");
    }
    return values.isEmpty() ? left : left + " " + value(values.get(0));
  }

  /** The way that is taken, or null where none was chosen. */
  @Nullable String pathText() {
    AccessPath path = request.path();
    if (path == null || !(object instanceof IndexedRelation indexed)) {
      return null;
    }
    TableDefinition table = indexed.asTable();
    IndexDefinition index = path.index();
    String own = object instanceof ViewDefinition ? "rows" : "primary key";
    var text = new StringBuilder(index == null ? own : "index " + index.name());
    String parts = partText(path, keyNames(table, index));
    if (!parts.isEmpty()) {
      text.append(' ').append(parts);
    }
    if (path.reverse()) {
      text.append(" backward");
    }
    if (path.covered()) {
      text.append(" only");
    }
    if (path.limit() > 0) {
      text.append(" limit ").append(path.limit());
    }
    return text.toString();
  }

  private static List<String> keyNames(TableDefinition table, @Nullable IndexDefinition index) {
    return index == null
        ? table.primaryKey().stream().map(i -> table.columns().get(i).name()).toList()
        : index.keys().stream()
            .map(
                key ->
                    key instanceof IndexDefinition.ExpressionKey expression
                        ? expression.expression()
                        : table.columnOf(key.column().getAsInt()).name())
            .toList();
  }

  private static String partText(AccessPath path, List<String> names) {
    if (path.parts().isEmpty()) {
      return "(none)";
    }
    AccessPath.Part first = path.parts().get(0);
    int given = first.prefix().size();
    var conditions = new java.util.ArrayList<String>();
    for (int i = 0; i < given; i++) {
      int column = i;
      List<String> values =
          path.parts().stream()
              .map(part -> value(part.prefix().get(column)))
              .distinct()
              .limit(MOST_SHOWN + 1L)
              .toList();
      conditions.add(names.get(i) + equality(values));
    }
    if (first.lower() != null) {
      conditions.add(
          names.get(given)
              + (first.lower().inclusive() ? " >= " : " > ")
              + value(first.lower().value()));
    }
    if (first.upper() != null) {
      conditions.add(
          names.get(given)
              + (first.upper().inclusive() ? " <= " : " < ")
              + value(first.upper().value()));
    }
    return conditions.isEmpty() ? "" : "(" + String.join(", ", conditions) + ")";
  }

  private static String equality(List<String> values) {
    if (values.size() == 1) {
      return values.get(0).equals("NULL") ? " IS NULL" : " = " + values.get(0);
    }
    String shown = values.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    return " IN (" + shown + (values.size() > MOST_SHOWN ? ", …)" : ")");
  }

  private static String value(Object value) {
    if (value == AccessPath.NULL) {
      return "NULL";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
  }
}
