package io.caisson.tests.views;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A random standing query. Immutable.
 *
 * @param template its text, with {@code %s} for the stream's name and {@code %w0}, {@code %w1} …
 *     for windows over it
 * @param windows its windows
 */
record StandingQuery(String template, List<StreamWindow> windows) {
  /** Its text over a stream. */
  String over(String stream) {
    return over(stream, windows.stream().map(window -> window.over(stream)).toList());
  }

  /** Its text with something in the place of its windows. */
  String over(String stream, List<String> windowed) {
    String text = template.replace("%s", stream);
    for (int i = 0; i < windowed.size(); i++) {
      text = text.replace("%w" + i, windowed.get(i));
    }
    return text;
  }

  /** A random one. */
  static StandingQuery random(SplittableRandom random, List<StreamColumn> columns) {
    return new Generator(random, columns).query();
  }

  private record Generator(
      SplittableRandom random, List<StreamColumn> columns, RandomExpressions expressions) {
    Generator(SplittableRandom random, List<StreamColumn> columns) {
      this(random, columns, new RandomExpressions(random, columns));
    }

    StandingQuery query() {
      boolean window = random.nextInt(4) > 0;
      String from = window ? "%w0" : "%s";
      String where = random.nextBoolean() ? "" : " WHERE " + expressions.condition(2);
      String text =
          random.nextInt(3) == 0 ? rows(window, from + where) : groups(window, from + where);
      return new StandingQuery(
          text, window ? List.of(StreamWindow.random(random, columns)) : List.of());
    }

    private String rows(boolean window, String from) {
      var outputs = new ArrayList<String>(List.of("id"));
      if (window && random.nextBoolean()) {
        outputs.add("window_start");
      }
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        outputs.add(expressions.any(2) + " AS e" + i);
      }
      return "SELECT " + String.join(", ", outputs) + " FROM " + from;
    }

    private String groups(boolean window, String from) {
      var keys = new ArrayList<String>();
      if (window && random.nextInt(4) > 0) {
        keys.add("window_start");
        keys.add("window_end");
      }
      for (int i = 0; i < random.nextInt(3); i++) {
        keys.add(expressions.key());
      }
      var outputs = new ArrayList<String>();
      for (int i = 0; i < keys.size(); i++) {
        outputs.add(keys.get(i) + " AS g" + i);
      }
      int calls = keys.isEmpty() ? 1 + random.nextInt(4) : random.nextInt(5);
      for (int i = 0; i < calls; i++) {
        outputs.add(aggregate() + " AS a" + i);
      }
      String text = "SELECT " + String.join(", ", outputs) + " FROM " + from;
      if (!keys.isEmpty()) {
        text += keys.stream().distinct().collect(Collectors.joining(", ", " GROUP BY ", ""));
      }
      if (outputs.isEmpty()) {
        return rows(window, from);
      }
      return random.nextInt(4) == 0 ? text + " HAVING COUNT(*) > " + random.nextInt(4) : text;
    }

    private String aggregate() {
      return new RandomAggregates(random, columns, expressions).next();
    }
  }
}
