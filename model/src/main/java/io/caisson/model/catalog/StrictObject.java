package io.caisson.model.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of which every member must be asked for, have the right type, and be there;
 * anything else is an {@link IllegalArgumentException}. For one thread.
 */
final class StrictObject {
  private final ObjectNode rest;

  StrictObject(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException("no JSON object but " + node.getNodeType());
    }
    rest = object;
  }

  JsonNode take(String member, Predicate<JsonNode> expected) {
    JsonNode node = rest.remove(member);
    if (node == null) {
      throw new IllegalArgumentException("\"" + member + "\" is missing");
    }
    if (!expected.test(node)) {
      throw new IllegalArgumentException("\"" + member + "\" is " + node);
    }
    return node;
  }

  /** Whether a member is there that was not asked for yet. */
  boolean has(String member) {
    return rest.has(member);
  }

  String text(String member) {
    return take(member, JsonNode::isTextual).textValue();
  }

  long number(String member) {
    return take(member, JsonNode::canConvertToLong).longValue();
  }

  int integer(String member) {
    return take(member, JsonNode::canConvertToInt).intValue();
  }

  boolean truth(String member) {
    return take(member, JsonNode::isBoolean).booleanValue();
  }

  List<Long> numbers(String member) {
    var numbers = new ArrayList<Long>();
    for (JsonNode node : take(member, JsonNode::isArray)) {
      if (!node.canConvertToLong()) {
        throw new IllegalArgumentException("\"" + member + "\" contains " + node);
      }
      numbers.add(node.longValue());
    }
    return numbers;
  }

  List<StrictObject> objects(String member) {
    var objects = new ArrayList<StrictObject>();
    take(member, JsonNode::isArray).forEach(node -> objects.add(new StrictObject(node)));
    return objects;
  }

  @Nullable StrictObject optionalObject(String member) {
    JsonNode node = take(member, n -> n.isObject() || n.isNull());
    return node.isNull() ? null : new StrictObject(node);
  }

  /** The one member that there is. */
  Map.Entry<String, JsonNode> only() {
    if (rest.size() != 1) {
      throw new IllegalArgumentException("one member expected, not " + rest);
    }
    return rest.properties().iterator().next();
  }

  /** Fails where a member is left that nobody asked for. */
  void end() {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("unknown members " + rest);
    }
  }
}
