package io.caisson.tests.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What happens to a database, step by step, and which views must be right. Its text:
 *
 * <pre>
 *   relation t0                          a table or stream, and the statement that creates it
 *   CREATE TABLE t0 (id BIGINT PRIMARY KEY, …)
 *
 *   rows t0                              rows to insert, one a line
 *   (1, 2, NULL, 'a', 0.5, NULL)
 *
 *   change                               one transaction, a statement a line
 *   DELETE FROM t0 WHERE a = 2
 *
 *   view v0 query other                  a view and its oracles; "replace" in the place of "view"
 *   WITH (on_error = 'skip')             options, which may be left out
 *   AS SELECT …
 *
 *   drop v0, pause v0, resume v0, checkpoint v0, check v0
 *
 *   restart                              or "restart 17,0.001": with faults of the store
 *
 *   pass 30                              seconds
 * </pre>
 *
 * Steps are separated by empty lines; a line that begins with # is a comment. Immutable.
 *
 * @param steps the steps
 */
record Scenario(List<Step> steps) {
  Scenario {
    steps = List.copyOf(steps);
  }

  /** Reads a text. */
  static Scenario parse(String text) {
    String plain =
        text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    return new Scenario(
        Arrays.stream(plain.split("\n\\s*\n"))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Scenario::step)
            .toList());
  }

  private static Step step(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    List<String> words = List.of(lines.get(0).split(" +"));
    List<String> body = lines.subList(1, lines.size());
    String argument = words.size() > 1 ? words.get(1) : "";
    return switch (words.get(0)) {
      case "relation" -> new Step.Relation(argument, String.join(" ", body));
      case "rows" -> new Step.Rows(argument, body);
      case "change" -> new Step.Change(body);
      case "view", "replace" -> view(words, String.join(" ", body));
      case "restart" -> new Step.Restart(argument);
      case "pass" -> new Step.Pass(Long.parseLong(argument));
      default -> new Step.OfView(Step.Act.valueOf(words.get(0).toUpperCase(Locale.ROOT)), argument);
    };
  }

  private static Step view(List<String> words, String body) {
    Set<Oracle> oracles = new TreeSet<>();
    words.subList(2, words.size()).forEach(word -> oracles.add(Oracle.of(word)));
    int as = body.startsWith("AS ") ? 0 : body.indexOf(" AS ") + 1;
    return new Step.View(
        words.get(0).equals("replace"),
        words.get(1),
        oracles,
        body.substring(0, as).strip(),
        body.substring(as + "AS ".length()));
  }

  /** The same with another list of steps. */
  Scenario with(int step, Step changed) {
    var all = new ArrayList<>(steps);
    all.set(step, changed);
    return new Scenario(all);
  }

  @Override
  public String toString() {
    return steps.stream().map(Scenario::text).collect(Collectors.joining("\n\n", "", "\n"));
  }

  private static String text(Step step) {
    if (step instanceof Step.Relation relation) {
      return "relation " + relation.name() + "\n" + relation.sql();
    }
    if (step instanceof Step.Rows rows) {
      return "rows " + rows.relation() + "\n" + String.join("\n", rows.rows());
    }
    if (step instanceof Step.Change change) {
      return "change\n" + String.join("\n", change.statements());
    }
    if (step instanceof Step.View view) {
      String oracles =
          view.oracles().stream()
              .sorted()
              .map(oracle -> " " + oracle.word())
              .collect(Collectors.joining());
      return (view.replaces() ? "replace " : "view ")
          + view.name()
          + oracles
          + "\n"
          + (view.options().isEmpty() ? "" : view.options() + "\n")
          + "AS "
          + view.query();
    }
    if (step instanceof Step.OfView of) {
      return of.act().name().toLowerCase(Locale.ROOT) + " " + of.view();
    }
    return step instanceof Step.Restart restart
        ? ("restart " + restart.faults()).strip()
        : "pass " + ((Step.Pass) step).seconds();
  }
}
