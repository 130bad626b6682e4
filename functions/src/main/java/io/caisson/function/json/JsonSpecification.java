package io.caisson.function.json;

import io.caisson.function.recent.Recent;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is taken of JSON as a text, which is what a function can be told. It is JSON itself:
 *
 * <pre>
 *   item    {"kind": …, "type": …, "wrapper": …, "quotes": …, "empty": …, "error": …, "column": …}
 *   type    {"kind": …, "precision": …, "scale": …, "array": …}
 *   tree    {"path": …, "columns": [{"place": …, "path": …, "item": item or null}], "nested": [tree]}
 * </pre>
 *
 * Stateless.
 */
public final class JsonSpecification {
  private static final Recent<JsonItem> ITEMS = new Recent<>(text -> item(Json.parse(text)));
  private static final Recent<JsonRowTree> TREES = new Recent<>(text -> tree(Json.parse(text)));

  private JsonSpecification() {}

  /** An item as a text. */
  public static String write(JsonItem item) {
    return json(item).write();
  }

  /** A tree as a text. */
  public static String write(JsonRowTree tree) {
    return json(tree).write();
  }

  /** The item that a text says. */
  public static JsonItem item(String text) {
    return ITEMS.of(text);
  }

  /** The tree that a text says. */
  public static JsonRowTree tree(String text) {
    return TREES.of(text);
  }

  private static Json json(JsonItem item) {
    var members = new TreeMap<String, Json>();
    members.put("kind", text(item.kind().name()));
    members.put("type", json(item.type()));
    members.put("wrapper", text(item.wrapper().name()));
    members.put("quotes", new Json.Truth(item.keepsQuotes()));
    members.put("empty", text(item.onEmpty().name()));
    members.put("error", text(item.onError().name()));
    members.put("column", text(item.column()));
    return Json.Members.of(members);
  }

  private static Json json(SqlType type) {
    SqlType one = type.element() == null ? type : type.elements();
    return Json.Members.of(
        Map.<String, Json>of(
            "kind", text(one.kind().name()),
            "precision", JsonRowTree.number(one.precision()),
            "scale", JsonRowTree.number(one.scale()),
            "array", new Json.Truth(type.element() != null)));
  }

  private static Json json(JsonRowTree tree) {
    var columns = new ArrayList<Json>();
    for (JsonRowTree.Column column : tree.columns()) {
      JsonItem item = column.item();
      columns.add(
          Json.Members.of(
              Map.<String, Json>of(
                  "place", JsonRowTree.number(column.place()),
                  "path", text(column.path()),
                  "item", item == null ? new Json.Null() : json(item))));
    }
    List<Json> nested = tree.nested().stream().map(JsonSpecification::json).toList();
    return Json.Members.of(
        Map.<String, Json>of(
            "path", text(tree.path()),
            "columns", new Json.Array(columns),
            "nested", new Json.Array(nested)));
  }

  private static Json text(@Nullable String text) {
    return text == null ? new Json.Null() : new Json.Text(text);
  }

  private static JsonItem item(Json json) {
    return new JsonItem(
        JsonItem.Kind.valueOf(text(json, "kind")),
        type(member(json, "type")),
        JsonItem.Wrapper.valueOf(text(json, "wrapper")),
        truth(json, "quotes"),
        JsonItem.Behavior.valueOf(text(json, "empty")),
        JsonItem.Behavior.valueOf(text(json, "error")),
        member(json, "column") instanceof Json.Text name ? name.value() : null);
  }

  private static SqlType type(Json json) {
    var one =
        new SqlType(
            TypeKind.valueOf(text(json, "kind")),
            number(json, "precision"),
            number(json, "scale"),
            true);
    return truth(json, "array") ? SqlType.arrayOf(one) : one;
  }

  private static JsonRowTree tree(Json json) {
    var columns = new ArrayList<JsonRowTree.Column>();
    for (Json column : elements(json, "columns")) {
      Json item = member(column, "item");
      columns.add(
          new JsonRowTree.Column(
              number(column, "place"),
              text(column, "path"),
              item instanceof Json.Null ? null : item(item)));
    }
    return new JsonRowTree(
        text(json, "path"),
        columns,
        elements(json, "nested").stream().map(JsonSpecification::tree).toList());
  }

  private static Json member(Json json, String name) {
    return ((Json.Members) json).members().getOrDefault(name, new Json.Null());
  }

  private static List<Json> elements(Json json, String name) {
    return ((Json.Array) member(json, name)).elements();
  }

  private static String text(Json json, String name) {
    return member(json, name).unquoted();
  }

  private static boolean truth(Json json, String name) {
    return member(json, name).equals(new Json.Truth(true));
  }

  private static int number(Json json, String name) {
    return ((Json.Numeric) member(json, name)).value().intValueExact();
  }
}
