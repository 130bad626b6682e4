package io.caisson.engine.session;

import io.caisson.function.match.Pattern;
import io.caisson.plan.Field;
import io.caisson.plan.Match;
import java.util.List;
import java.util.stream.Collectors;

/** A search for a row pattern as a line of EXPLAIN. Stateless. */
final class MatchText {
  private MatchText() {}

  static String of(Match match) {
    List<Field> below = match.source().fields();
    String partition =
        match.partition().stream().map(c -> below.get(c).name()).collect(Collectors.joining(", "));
    String order =
        match.order().stream()
            .map(key -> below.get(key.column()).name() + (key.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", "));
    return "Match: "
        + pattern(match.pattern().pattern(), match.pattern().variables())
        + (match.pattern().within().isPresent()
            ? " within " + match.pattern().within().getAsLong() / 1_000 + " ms"
            : "")
        + (partition.isEmpty() ? "" : " partition by " + partition)
        + (order.isEmpty() ? "" : " order by " + order);
  }

  private static String pattern(Pattern pattern, List<String> variables) {
    if (pattern instanceof Pattern.Variable variable) {
      return variables.get(variable.number());
    }
    if (pattern instanceof Pattern.Sequence sequence) {
      return joined(sequence.parts(), " ", variables);
    }
    if (pattern instanceof Pattern.Alternation alternation) {
      return "(" + joined(alternation.parts(), " | ", variables) + ")";
    }
    var repeated = (Pattern.Quantified) pattern;
    String body = pattern(repeated.body(), variables);
    return (repeated.body() instanceof Pattern.Sequence ? "(" + body + ")" : body)
        + times(repeated)
        + (repeated.reluctant() ? "?" : "");
  }

  private static String joined(List<Pattern> parts, String between, List<String> variables) {
    return parts.stream()
        .map(part -> pattern(part, variables))
        .collect(Collectors.joining(between));
  }

  private static String times(Pattern.Quantified repeated) {
    int least = repeated.least();
    int most = repeated.most();
    if (most == Pattern.Quantified.UNBOUNDED) {
      return least == 0 ? "*" : least == 1 ? "+" : "{" + least + ",}";
    }
    if (least == 0 && most == 1) {
      return "?";
    }
    return least == most ? "{" + least + "}" : "{" + least + "," + most + "}";
  }
}
