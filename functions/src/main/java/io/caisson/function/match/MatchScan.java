package io.caisson.function.match;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;

/**
 * Goes over the rows of a partition from one match to the next. For one thread.
 *
 * <pre>
 *   position ──▶ no match: the next row
 *            ──▶ a match:  where the pattern says that the next one is looked for
 * </pre>
 */
public final class MatchScan {
  private final RowPattern pattern;
  private final RowTests tests;
  private final Matcher matcher;
  private int position;
  private long number;

  /**
   * A scan that begins at a row.
   *
   * @param pattern the pattern
   * @param program its program
   * @param tests tells about the partition's rows
   * @param local whether conditions see a row and its neighbours only, whatever else is in a match
   */
  public MatchScan(RowPattern pattern, PatternProgram program, RowTests tests, boolean local) {
    this.pattern = pattern;
    this.tests = tests;
    this.matcher = new Matcher(pattern, program, tests, local);
  }

  /** Goes to a row, before which there were so many matches. */
  public void start(int row, long matches) {
    position = row;
    number = matches;
  }

  /** At which row the next match is looked for. */
  public int position() {
    return position;
  }

  /** How many matches there were so far. */
  public long number() {
    return number;
  }

  /** The rows of the match that was found last. */
  public RowMapping match() {
    return matcher.mapping();
  }

  /** Whether there is a row at which a match could begin. */
  public boolean more() {
    return !(pattern.fromBegin() && position > 0) && tests.exists(position);
  }

  /**
   * Looks for a match at the position and goes on to the next one.
   *
   * @return whether there was one
   */
  public boolean step() {
    if (!matcher.find(position)) {
      position++;
      return false;
    }
    number++;
    position = next(matcher.mapping());
    return true;
  }

  private int next(RowMapping match) {
    return switch (pattern.skip().to()) {
      case PAST_LAST_ROW -> Math.max(match.end(), match.begin() + 1);
      case NEXT_ROW -> match.begin() + 1;
      case FIRST -> target(match, match.fromFirst(pattern.skip().variables(), 0));
      case LAST -> target(match, match.fromLast(pattern.skip().variables(), 0));
    };
  }

  private static int target(RowMapping match, int row) {
    if (row == RowMapping.NONE) {
      throw new CaissonException(
              SqlState.SKIP_TO_NO_ROW, "AFTER MATCH SKIP goes to a row that is not in the match")
          .withHint("Skip to a variable that every match has, or PAST LAST ROW.");
    }
    if (row == match.begin()) {
      throw new CaissonException(
              SqlState.SKIP_TO_FIRST_ROW,
              "AFTER MATCH SKIP goes back to the first row of the match, which would be found for ever")
          .withHint("Skip TO NEXT ROW, or to a variable behind the first one.");
    }
    return row;
  }
}
