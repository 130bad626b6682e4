package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of JSON_TABLE: one for each value to which the path leads, joined with those of each
 * nested path, one after the other; what a nested path does not give is NULL. Immutable.
 *
 * @param path leads to the values
 * @param columns what is taken of each value
 * @param nested the paths within each value
 */
public record JsonRowTree(String path, List<Column> columns, List<JsonRowTree> nested) {
  /**
   * One column.
   *
   * @param place its number among all columns of the table
   * @param path leads to what is taken
   * @param item what is taken; null for the number of the row
   */
  public record Column(int place, String path, @Nullable JsonItem item) {}

  /** Copies the lists. */
  public JsonRowTree {
    columns = List.copyOf(columns);
    nested = List.copyOf(nested);
  }

  /**
   * The rows, each an array of a slot for each column.
   *
   * @param strict whether an error of a path is one of the table, and not an end of its rows
   */
  public List<Json> rows(Json context, Json.Members variables, boolean strict) {
    int width = width();
    List<Json> empty = Collections.nCopies(width, new Json.Null());
    var rows = new ArrayList<Json>();
    for (List<Json> row : joined(empty, context, variables, strict)) {
      rows.add(new Json.Array(row));
    }
    return rows;
  }

  private int width() {
    return columns.size() + nested.stream().mapToInt(JsonRowTree::width).sum();
  }

  private List<List<Json>> joined(
      List<Json> outer, Json context, Json.Members variables, boolean strict) {
    var rows = new ArrayList<List<Json>>();
    int number = 0;
    for (Json value : values(context, variables, strict)) {
      number++;
      var row = new ArrayList<>(outer);
      for (Column column : columns) {
        JsonItem item = column.item();
        row.set(
            column.place(),
            item == null
                ? new Json.Text(String.valueOf(number))
                : item.slot(value, JsonPath.of(column.path()), variables));
      }
      int before = rows.size();
      nested.forEach(inner -> rows.addAll(inner.joined(row, value, variables, strict)));
      if (rows.size() == before) {
        rows.add(row);
      }
    }
    return rows;
  }

  private List<Json> values(Json context, Json.Members variables, boolean strict) {
    try {
      return JsonPath.of(path).all(context, variables);
    } catch (CaissonException e) {
      if (strict || JsonPath.isUnfit(e)) {
        throw e;
      }
      return List.of();
    }
  }

  /** The number of a row as JSON has numbers. */
  static Json number(long value) {
    return new Json.Numeric(BigDecimal.valueOf(value));
  }
}
