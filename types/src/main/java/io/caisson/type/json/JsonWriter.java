package io.caisson.type.json;

import java.util.Iterator;
import java.util.Map;

/** Writes JSON values into a text. For one thread. */
final class JsonWriter {
  private final StringBuilder text;
  private final int indent;

  /**
   * A writer.
   *
   * @param indent by how many blanks to indent a level; negative to keep all in one line
   */
  JsonWriter(StringBuilder text, int indent) {
    this.text = text;
    this.indent = indent;
  }

  void write(Json value, int level) {
    if (value instanceof Json.Members object) {
      members(object, level);
    } else if (value instanceof Json.Array array) {
      elements(array, level);
    } else if (value instanceof Json.Text string) {
      quote(string.value());
    } else if (value instanceof Json.Numeric number) {
      text.append(number.value().toPlainString());
    } else if (value instanceof Json.Truth truth) {
      text.append(truth.value());
    } else {
      text.append("null");
    }
  }

  private void members(Json.Members object, int level) {
    text.append('{');
    Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
    for (boolean first = true; members.hasNext(); first = false) {
      separate(first, level + 1);
      Map.Entry<String, Json> member = members.next();
      quote(member.getKey());
      text.append(": ");
      write(member.getValue(), level + 1);
    }
    close('}', object.members().isEmpty(), level);
  }

  private void elements(Json.Array array, int level) {
    text.append('[');
    for (int i = 0; i < array.elements().size(); i++) {
      separate(i == 0, level + 1);
      write(array.elements().get(i), level + 1);
    }
    close(']', array.elements().isEmpty(), level);
  }

  private void separate(boolean first, int level) {
    text.append(first ? "" : ",");
    if (indent >= 0) {
      text.append('\n').append(" ".repeat(indent * level));
    } else if (!first) {
      text.append(' ');
    }
  }

  private void close(char bracket, boolean empty, int level) {
    if (indent >= 0 && !empty) {
      text.append('\n').append(" ".repeat(indent * level));
    }
    text.append(bracket);
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      switch (unit) {
        case '"', '\\' -> text.append('\\').append(unit);
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (unit < ' ') {
            text.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) unit));
          } else {
            text.append(unit);
          }
        }
      }
    }
    text.append('"');
  }
}
