package io.caisson.function.match;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Arrays;

/**
 * Finds the preferred match that begins at a row: of all matches the one that a reader would find
 * who takes the program's ways in their order and turns back where one leads nowhere. Where
 * conditions see no more than a row and its neighbours, no step is tried twice at a row, so that
 * the search takes no longer than rows times steps; otherwise it is given up after a number of
 * steps. The stack is an array. For one thread.
 */
public final class Matcher {
  /** How many steps the search for one match may take, where conditions look at the match. */
  static final long MOST_TRIES = 20_000_000;

  /** How much it may note: 256 MB. */
  private static final long MOST_WORDS = 1L << 25;

  private final PatternProgram program;
  private final RowTests tests;
  private final boolean toEnd;
  private final boolean local;
  private final RowMapping mapping;
  private final Tried tried;
  private int[] stack = new int[64];
  private int depth;

  /**
   * A matcher.
   *
   * @param pattern the pattern
   * @param program the pattern's program
   * @param tests tells about rows
   * @param local whether conditions see a row and its neighbours only, whatever else is in a match
   */
  public Matcher(RowPattern pattern, PatternProgram program, RowTests tests, boolean local) {
    this.program = program;
    this.tests = tests;
    this.toEnd = pattern.toEnd();
    this.local = local;
    this.mapping = new RowMapping(pattern.variables().size());
    this.tried = new Tried(!local || pattern.within().isPresent());
  }

  /** The rows of the match that was found last. */
  public RowMapping mapping() {
    return mapping;
  }

  /**
   * Looks for a match that begins at a row; without rows it is empty.
   *
   * @return whether there is one, which then is in {@link #mapping()}
   */
  public boolean find(int row) {
    mapping.start(row);
    tried.start(row);
    depth = 0;
    push(0, row);
    long tries = 0;
    while (depth > 0) {
      int at = stack[--depth];
      int step = stack[--depth];
      if (step < 0) {
        tried.end(~step, at);
        continue;
      }
      mapping.truncate(at);
      while (step >= 0) {
        if (!local && ++tries > MOST_TRIES) {
          throw tooComplex();
        }
        if (program.isEnd(step)) {
          if (!toEnd || !tests.exists(mapping.end())) {
            tried.clear();
            return true;
          }
          break;
        }
        step = next(step);
      }
    }
    return false;
  }

  /** Takes a step; where it does not lead on the answer is negative. */
  private int next(int step) {
    int row = mapping.end();
    if (program.isJump(step)) {
      return program.preferred(step);
    }
    if (program.isFork(step)) {
      if (tried.notes(step)) {
        if (!tried.begin(step, row)) {
          return -1;
        }
        push(~step, row);
      }
      push(program.other(step), row);
      return program.preferred(step);
    }
    if (!tests.exists(row) || !tests.within(mapping.begin(), row)) {
      return -1;
    }
    mapping.add(program.variable(step), program.excludes(step));
    return tests.holds(mapping) ? step + 1 : -1;
  }

  private void push(int step, int row) {
    if (depth + 2 > stack.length) {
      stack = Arrays.copyOf(stack, stack.length * 2);
    }
    stack[depth++] = step;
    stack[depth++] = row;
  }

  private static CaissonException tooComplex() {
    return new CaissonException(
            SqlState.PATTERN_TOO_COMPLEX,
            "the search for a match of the row pattern takes too many steps")
        .withHint(
            "Let conditions look at rows and their neighbours only, bound the match with WITHIN, or write the pattern "
                + "with fewer alternatives and repetitions of repetitions.");
  }

  /**
   * What is known of forks at rows, a bit each: where conditions are local, that nothing leads on
   * from there, wherever one comes from; and of those that can be come back to without a row that
   * one is on the way from there, so that to come back is to go round in a circle. For one thread.
   *
   * <pre>
   *   per row   failed steps, in words │ circles under way, in words
   * </pre>
   */
  private final class Tried {
    private final int failedWords;
    private final int width;
    private final boolean forgets;
    private int base;
    private int rows;
    private long[] bits = new long[0];

    Tried(boolean forgets) {
      this.failedWords = local ? words(program.size()) : 0;
      this.width = failedWords + words(program.circleCount());
      this.forgets = forgets;
    }

    private static int words(int count) {
      return (count + Long.SIZE - 1) / Long.SIZE;
    }

    /** Begins a search at a row. */
    void start(int row) {
      if (forgets || row < base) {
        clear();
      }
      if (rows == 0) {
        base = row;
      } else if (row - base > rows / 2) {
        int gone = Math.min(rows, row - base);
        System.arraycopy(bits, gone * width, bits, 0, (rows - gone) * width);
        Arrays.fill(bits, (rows - gone) * width, rows * width, 0);
        rows -= gone;
        base = row;
      }
    }

    /** Forgets all: of what was tried something has led on. */
    void clear() {
      Arrays.fill(bits, 0, rows * width, 0);
      rows = 0;
    }

    /** Whether anything is noted of a fork. */
    boolean notes(int step) {
      return local || program.circle(step) >= 0;
    }

    /** Begins to try a fork; false where that is of no use. */
    boolean begin(int step, int row) {
      int place = place(row);
      if (local && (bits[place + step / Long.SIZE] & 1L << step) != 0) {
        return false;
      }
      int circle = program.circle(step);
      if (circle >= 0) {
        int word = place + failedWords + circle / Long.SIZE;
        if ((bits[word] & 1L << circle) != 0) {
          return false;
        }
        bits[word] |= 1L << circle;
      }
      return true;
    }

    /** All ways from a fork have been tried. */
    void end(int step, int row) {
      int place = place(row);
      if (local) {
        bits[place + step / Long.SIZE] |= 1L << step;
      }
      int circle = program.circle(step);
      if (circle >= 0) {
        bits[place + failedWords + circle / Long.SIZE] &= ~(1L << circle);
      }
    }

    private int place(int row) {
      int index = row - base;
      if (index >= rows) {
        bits = grown(bits, (index + 1L) * width);
        rows = index + 1;
      }
      return index * width;
    }
  }

  private static long[] grown(long[] array, long needed) {
    if (needed <= array.length) {
      return array;
    }
    if (needed > MOST_WORDS) {
      throw tooComplex();
    }
    return Arrays.copyOf(array, (int) Math.max(needed, Math.min(2L * array.length, MOST_WORDS)));
  }
}
