package io.caisson.tests.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Queries that say less than another: without a clause, a side of a set operation, a join, an
 * element of a list or a part of a condition. Nothing is understood but words and parentheses, so
 * that some of them are no queries. Stateless.
 *
 * <pre>
 *   SELECT a, b FROM t JOIN u ON t.a = u.a WHERE b > 1 AND a > 2
 *           ───        ─────────────────── ───────────────────── each may go, so may "b > 1 AND "
 * </pre>
 */
final class SimplerQueries {
  /** What ends a clause ends all that is within it, too. */
  private enum Rank {
    SET,
    CLAUSE,
    JOIN,
    LIST,
    CONDITION,
    PARENTHESIS
  }

  private static final Pattern CUT =
      Pattern.compile(
          "(?<quoted>'[^']*')|(?<open>\\()|(?<close>\\))"
              + "|(?<set> (?:UNION|INTERSECT|EXCEPT)(?: ALL)? )"
              + "|(?<fixed>\\bSELECT (?:DISTINCT )?| FROM )"
              + "|(?<clause> (?:WHERE|GROUP BY|HAVING|QUALIFY|PARTITION BY|FILTER|EMIT ON WINDOW CLOSE)\\b ?)"
              + "|(?<join> (?:(?:LEFT |RIGHT |FULL |CROSS )?(?:ASOF )?JOIN) )"
              + "|(?<list>, )|(?<condition> (?:AND|OR) )");

  private final String query;

  /** Where it may be cut. */
  private record Cut(int start, int end, int depth, Rank rank, boolean fixed) {}

  private SimplerQueries(String query) {
    this.query = query;
  }

  /** The queries, those that say least first. */
  static List<String> of(String query) {
    return new SimplerQueries(query)
        .all()
        .distinct()
        .sorted(Comparator.comparingInt(String::length))
        .toList();
  }

  private Stream<String> all() {
    List<Cut> cuts = cuts();
    return cuts.stream().filter(cut -> !cut.fixed()).flatMap(cut -> without(cut, cuts));
  }

  private Stream<String> without(Cut cut, List<Cut> cuts) {
    int to =
        cuts.stream()
            .filter(other -> other.start() >= cut.end() && ends(other, cut))
            .mapToInt(Cut::start)
            .findFirst()
            .orElse(query.length());
    String first = query.substring(0, cut.start()) + query.substring(to);
    if (cut.rank() == Rank.CLAUSE || cut.rank() == Rank.JOIN) {
      return Stream.of(first);
    }
    int from =
        cuts.stream()
            .filter(other -> other.end() <= cut.start() && ends(other, cut))
            .mapToInt(Cut::end)
            .reduce(0, (a, b) -> b);
    return Stream.of(first, query.substring(0, from) + query.substring(cut.end()));
  }

  private static boolean ends(Cut other, Cut cut) {
    return other.depth() < cut.depth()
        || (other.depth() == cut.depth() && other.rank().compareTo(cut.rank()) <= 0);
  }

  private List<Cut> cuts() {
    var cuts = new ArrayList<Cut>();
    Matcher matcher = CUT.matcher(query);
    int depth = 0;
    while (matcher.find()) {
      int start = matcher.start();
      int end = matcher.end();
      if (matcher.group("open") != null) {
        cuts.add(new Cut(start, end, depth++, Rank.PARENTHESIS, true));
      } else if (matcher.group("close") != null) {
        cuts.add(new Cut(start, end, --depth, Rank.PARENTHESIS, true));
      } else if (matcher.group("quoted") == null) {
        cuts.add(new Cut(start, end, depth, rank(matcher), matcher.group("fixed") != null));
      }
    }
    return cuts;
  }

  private static Rank rank(Matcher matcher) {
    if (matcher.group("set") != null) {
      return Rank.SET;
    }
    if (matcher.group("join") != null) {
      return Rank.JOIN;
    }
    if (matcher.group("list") != null) {
      return Rank.LIST;
    }
    return matcher.group("condition") != null ? Rank.CONDITION : Rank.CLAUSE;
  }
}
