package io.caisson.engine.session;

import io.caisson.sql.run.PlanStep;
import java.util.Locale;
import java.util.Map;

/** A plan as JSON, in the form that PostgreSQL's EXPLAIN (FORMAT JSON) has. Stateless. */
final class PlanJson {
  private static final int FIRST_PRINTABLE = 0x20;

  private PlanJson() {}

  static String of(PlanStep plan, boolean timing) {
    var json = new StringBuilder("[\n  {\n    \"Plan\": ");
    append(plan, "    ", timing, json);
    return json.append("\n  }\n]\n").toString();
  }

  private static void append(PlanStep step, String indent, boolean timing, StringBuilder json) {
    String inside = indent + "  ";
    json.append("{\n").append(inside).append("\"Node Type\": ").append(quoted(step.name()));
    for (Map.Entry<String, String> detail : step.details().entrySet()) {
      member(inside, detail.getKey(), quoted(detail.getValue()), json);
    }
    step.measured()
        .ifPresent(
            measured -> {
              member(inside, "Actual Rows", String.valueOf(measured.rows()), json);
              member(inside, "Actual Loops", String.valueOf(measured.runs()), json);
              if (timing) {
                member(inside, "Actual Total Time", time(measured), json);
              }
            });
    if (!step.inputs().isEmpty()) {
      json.append(",\n").append(inside).append("\"Plans\": [");
      String separator = "\n" + inside + "  ";
      for (PlanStep input : step.inputs()) {
        json.append(separator);
        append(input, inside + "  ", timing, json);
        separator = ",\n" + inside + "  ";
      }
      json.append('\n').append(inside).append(']');
    }
    json.append('\n').append(indent).append('}');
  }

  private static String time(PlanStep.Measured measured) {
    return String.format(Locale.ROOT, "%.3f", measured.millis());
  }

  private static void member(String indent, String name, String value, StringBuilder json) {
    json.append(",\n").append(indent).append(quoted(name)).append(": ").append(value);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE) {
        quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
