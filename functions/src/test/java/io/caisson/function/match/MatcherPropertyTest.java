package io.caisson.function.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Random patterns over random rows against a reader that follows the pattern's text. */
class MatcherPropertyTest {
  private static final long SEED = Long.getLong("caisson.seed", 2_016);
  private static final int ROUNDS = Integer.getInteger("caisson.scenarios", 3_000);
  private static final int VARIABLES = 3;

  @Test
  void eachScanFindsThePreferredMatches() {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      var random = new SplittableRandom(seed);
      var rows = new Rows(random);
      Pattern pattern = pattern(random, 3);
      OptionalLong within =
          random.nextInt(3) == 0 ? OptionalLong.of(1 + random.nextInt(6)) : OptionalLong.empty();
      rows.bound = within.orElse(Long.MAX_VALUE);
      var skip =
          new RowPattern.Skip(
              random.nextBoolean() ? RowPattern.Skip.To.PAST_LAST_ROW : RowPattern.Skip.To.NEXT_ROW,
              List.of());
      var looked =
          new RowPattern(
              List.of("a", "b", "c"),
              pattern,
              random.nextInt(5) == 0,
              random.nextInt(5) == 0,
              within,
              skip,
              false);
      assertThat(scanned(looked, rows))
          .as("-Dcaisson.seed=%d %s over %s", seed, looked, rows)
          .isEqualTo(new Naive(looked, rows).matches());
    }
  }

  @Test
  void aRepetitionOfRepetitionsThatMatchesNothingIsGivenUpSoon() {
    Pattern a = new Pattern.Variable(0, false);
    Pattern many = new Pattern.Quantified(a, 1, Pattern.Quantified.UNBOUNDED, false);
    Pattern manyOfMany = new Pattern.Quantified(many, 1, Pattern.Quantified.UNBOUNDED, false);
    Pattern then = new Pattern.Sequence(List.of(manyOfMany, new Pattern.Variable(1, false)));
    var tests =
        new RowTests() {
          private long asked;

          @Override
          public boolean exists(int row) {
            asked++;
            return row < 20_000;
          }

          @Override
          public boolean within(int first, int row) {
            return true;
          }

          @Override
          public boolean holds(RowMapping mapping) {
            return mapping.variable(mapping.end() - 1) == 0;
          }
        };
    var pattern =
        new RowPattern(
            List.of("a", "b"),
            then,
            false,
            false,
            OptionalLong.empty(),
            new RowPattern.Skip(RowPattern.Skip.To.PAST_LAST_ROW, List.of()),
            false);
    var scan = new MatchScan(pattern, PatternProgram.of(then), tests, true);
    while (scan.more()) {
      assertThat(scan.step()).isFalse();
    }
    assertThat(tests.asked).isLessThan(20_000 * 10L);
  }

  private static Pattern pattern(SplittableRandom random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return new Pattern.Variable(random.nextInt(VARIABLES), random.nextInt(5) == 0);
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        return new Pattern.Alternation(
            List.of(pattern(random, depth - 1), pattern(random, depth - 1)));
      }
      case 1 -> {
        int least = random.nextInt(3);
        int most = random.nextBoolean() ? Pattern.Quantified.UNBOUNDED : least + random.nextInt(3);
        return new Pattern.Quantified(
            pattern(random, depth - 1), least, most, random.nextInt(3) == 0);
      }
      default -> {
        var parts = new ArrayList<Pattern>();
        for (int i = random.nextInt(4); i > 0; i--) {
          parts.add(pattern(random, depth - 1));
        }
        return new Pattern.Sequence(parts);
      }
    }
  }

  private static List<String> scanned(RowPattern pattern, Rows rows) {
    var found = new ArrayList<String>();
    var scan = new MatchScan(pattern, PatternProgram.of(pattern.pattern()), rows, rows.local);
    while (scan.more()) {
      if (scan.step()) {
        RowMapping match = scan.match();
        var variables = new ArrayList<String>();
        for (int row = match.begin(); row < match.end(); row++) {
          variables.add(match.variable(row) + (match.excluded(row) ? "-" : ""));
        }
        found.add(scan.number() + ": " + match.begin() + " " + variables);
      }
    }
    return found;
  }

  /** Random rows: what each may be, a time, and a condition on what came before. */
  private static final class Rows implements RowTests {
    private final boolean[][] may;
    private final long[] times;
    private final boolean local;
    private long bound = Long.MAX_VALUE;

    Rows(SplittableRandom random) {
      int size = random.nextInt(9);
      may = new boolean[size][VARIABLES];
      times = new long[size];
      for (int row = 0; row < size; row++) {
        times[row] = (row == 0 ? 0 : times[row - 1]) + random.nextInt(3);
        for (int variable = 0; variable < VARIABLES; variable++) {
          may[row][variable] = random.nextInt(3) > 0;
        }
      }
      local = random.nextBoolean();
    }

    @Override
    public boolean exists(int row) {
      return row < may.length;
    }

    @Override
    public boolean within(int first, int row) {
      return times[row] - times[first] < bound;
    }

    boolean may(int row, int variable, List<Integer> before) {
      return may[row][variable]
          && (local || before.stream().filter(one -> one == variable).count() < 2);
    }

    @Override
    public boolean holds(RowMapping mapping) {
      var before = new ArrayList<Integer>();
      for (int row = mapping.begin(); row < mapping.end() - 1; row++) {
        before.add(mapping.variable(row));
      }
      int row = mapping.end() - 1;
      return may(row, mapping.variable(row), before);
    }

    @Override
    public String toString() {
      return Arrays.deepToString(may) + " at " + Arrays.toString(times);
    }
  }

  /** Follows the pattern part by part, and each way to its end. */
  private record Naive(RowPattern looked, Rows rows) {
    /** What has been read: variables, and those with a mark where left out. */
    private record Read(int begin, List<Integer> variables, List<String> texts) {
      int end() {
        return begin + variables.size();
      }
    }

    List<String> matches() {
      var found = new ArrayList<String>();
      int row = 0;
      while (row < rows.may.length && !(looked.fromBegin() && row > 0)) {
        var match = new ArrayList<Read>();
        Predicate<Read> end =
            read -> {
              boolean done = !looked.toEnd() || read.end() == rows.may.length;
              return done && match.add(read);
            };
        if (read(looked.pattern(), new Read(row, List.of(), List.of()), end)) {
          found.add(found.size() + 1 + ": " + row + " " + match.get(0).texts());
          boolean past = looked.skip().to() == RowPattern.Skip.To.PAST_LAST_ROW;
          row = past ? Math.max(row + 1, match.get(0).end()) : row + 1;
        } else {
          row++;
        }
      }
      return found;
    }

    private boolean read(Pattern pattern, Read before, Predicate<Read> then) {
      if (pattern instanceof Pattern.Variable variable) {
        return one(variable, before, then);
      }
      if (pattern instanceof Pattern.Sequence sequence) {
        return sequence(sequence.parts(), before, then);
      }
      if (pattern instanceof Pattern.Alternation alternation) {
        return alternation.parts().stream().anyMatch(part -> read(part, before, then));
      }
      return times((Pattern.Quantified) pattern, 0, before, then);
    }

    private boolean one(Pattern.Variable variable, Read before, Predicate<Read> then) {
      int row = before.end();
      boolean fits =
          row < rows.may.length
              && (looked.within().isEmpty()
                  || rows.times[row] - rows.times[before.begin()] < looked.within().getAsLong())
              && rows.may(row, variable.number(), before.variables());
      if (!fits) {
        return false;
      }
      var variables = new ArrayList<>(before.variables());
      variables.add(variable.number());
      var texts = new ArrayList<>(before.texts());
      texts.add(variable.number() + (variable.excluded() ? "-" : ""));
      return then.test(new Read(before.begin(), variables, texts));
    }

    private boolean sequence(List<Pattern> parts, Read before, Predicate<Read> then) {
      return parts.isEmpty()
          ? then.test(before)
          : read(
              parts.get(0), before, read -> sequence(parts.subList(1, parts.size()), read, then));
    }

    private boolean times(
        Pattern.Quantified repeated, int done, Read before, Predicate<Read> then) {
      if (done < repeated.least()) {
        return read(repeated.body(), before, read -> times(repeated, done + 1, read, then));
      }
      boolean more = repeated.most() == Pattern.Quantified.UNBOUNDED || done < repeated.most();
      boolean unbounded = repeated.most() == Pattern.Quantified.UNBOUNDED;
      Predicate<Read> again =
          read ->
              (!unbounded || read.end() > before.end()) && times(repeated, done + 1, read, then);
      if (repeated.reluctant()) {
        return then.test(before) || (more && read(repeated.body(), before, again));
      }
      return (more && read(repeated.body(), before, again)) || then.test(before);
    }
  }
}
