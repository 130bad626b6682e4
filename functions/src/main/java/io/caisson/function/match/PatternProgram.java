package io.caisson.function.match;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Arrays;

/**
 * A pattern as a small program: each step takes a row, or goes on elsewhere, or tries one way and
 * then another. Repetitions that have an end are written out. Immutable and thread-safe.
 *
 * <pre>
 *   A B* (C | D)      0 row A
 *                     1 try 2, then 4
 *                     2 row B
 *                     3 go to 1
 *                     4 try 5, then 7
 *                     5 row C
 *                     6 go to 8
 *                     7 row D
 *                     8 end
 * </pre>
 */
public final class PatternProgram {
  /** How many steps a program has at most. */
  static final int MOST_STEPS = 20_000;

  private static final int END = -1;
  private static final int JUMP = -2;
  private static final int FORK = -3;

  /** For each step what it does, or, of a row, two times its variable, one more if excluded. */
  private int[] codes = new int[16];

  private int[] preferred = new int[16];
  private int[] other = new int[16];

  /** For each fork of a repetition that can go round without a row its number; else −1. */
  private int[] circles = new int[16];

  private int circleCount;
  private int size;

  private PatternProgram() {}

  /**
   * The program of a pattern.
   *
   * @throws CaissonException PATTERN_TOO_COMPLEX where it is too long
   */
  public static PatternProgram of(Pattern pattern) {
    if (steps(pattern) >= MOST_STEPS) {
      throw new CaissonException(
              SqlState.PATTERN_TOO_COMPLEX,
              "the row pattern is too long: its repetitions make more than "
                  + MOST_STEPS
                  + " steps")
          .withHint("Repeat less often, or without an upper bound: A{1000,} or A+.");
    }
    var program = new PatternProgram();
    program.write(pattern);
    program.step(END, 0, 0);
    return program;
  }

  private static long steps(Pattern pattern) {
    if (pattern instanceof Pattern.Sequence sequence) {
      return sum(sequence.parts());
    }
    if (pattern instanceof Pattern.Alternation alternation) {
      return sum(alternation.parts()) + 2L * alternation.parts().size();
    }
    if (pattern instanceof Pattern.Quantified repeated) {
      long times =
          repeated.most() == Pattern.Quantified.UNBOUNDED
              ? repeated.least() + 1L
              : Math.max(1, repeated.most());
      return Math.min(MOST_STEPS, times * (steps(repeated.body()) + 2));
    }
    return 1;
  }

  private static long sum(Iterable<Pattern> parts) {
    long steps = 0;
    for (Pattern part : parts) {
      steps = Math.min(MOST_STEPS, steps + steps(part));
    }
    return steps;
  }

  private int step(int code, int first, int second) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
      preferred = Arrays.copyOf(preferred, size * 2);
      other = Arrays.copyOf(other, size * 2);
      circles = Arrays.copyOf(circles, size * 2);
    }
    circles[size] = -1;
    codes[size] = code;
    preferred[size] = first;
    other[size] = second;
    return size++;
  }

  private void write(Pattern pattern) {
    if (pattern instanceof Pattern.Variable variable) {
      step(2 * variable.number() + (variable.excluded() ? 1 : 0), 0, 0);
    } else if (pattern instanceof Pattern.Sequence sequence) {
      sequence.parts().forEach(this::write);
    } else if (pattern instanceof Pattern.Alternation alternation) {
      write(alternation);
    } else if (pattern instanceof Pattern.Quantified repeated) {
      write(repeated);
    }
  }

  private void write(Pattern.Alternation alternation) {
    int last = alternation.parts().size() - 1;
    int[] exits = new int[last];
    for (int i = 0; i < last; i++) {
      int fork = step(FORK, size + 1, 0);
      write(alternation.parts().get(i));
      exits[i] = step(JUMP, 0, 0);
      other[fork] = size;
    }
    write(alternation.parts().get(last));
    for (int exit : exits) {
      preferred[exit] = size;
    }
  }

  private void write(Pattern.Quantified repeated) {
    for (int i = 0; i < repeated.least(); i++) {
      write(repeated.body());
    }
    if (repeated.most() == Pattern.Quantified.UNBOUNDED) {
      int fork = step(FORK, 0, 0);
      circles[fork] = mayBeEmpty(repeated.body()) ? circleCount++ : -1;
      write(repeated.body());
      step(JUMP, fork, 0);
      branch(fork, repeated.reluctant());
      return;
    }
    int[] forks = new int[repeated.most() - repeated.least()];
    for (int i = 0; i < forks.length; i++) {
      forks[i] = step(FORK, 0, 0);
      write(repeated.body());
    }
    for (int fork : forks) {
      branch(fork, repeated.reluctant());
    }
  }

  private static boolean mayBeEmpty(Pattern pattern) {
    if (pattern instanceof Pattern.Sequence sequence) {
      return sequence.parts().stream().allMatch(PatternProgram::mayBeEmpty);
    }
    if (pattern instanceof Pattern.Alternation alternation) {
      return alternation.parts().stream().anyMatch(PatternProgram::mayBeEmpty);
    }
    return pattern instanceof Pattern.Quantified repeated
        && (repeated.least() == 0 || mayBeEmpty(repeated.body()));
  }

  /** Lets a fork go into what follows it or to where the program is now. */
  private void branch(int fork, boolean reluctant) {
    preferred[fork] = reluctant ? size : fork + 1;
    other[fork] = reluctant ? fork + 1 : size;
  }

  int size() {
    return size;
  }

  boolean isEnd(int step) {
    return codes[step] == END;
  }

  boolean isJump(int step) {
    return codes[step] == JUMP;
  }

  boolean isFork(int step) {
    return codes[step] == FORK;
  }

  /** The number of a fork that may be come back to without a row, or −1. */
  int circle(int step) {
    return circles[step];
  }

  /** How many such forks there are. */
  int circleCount() {
    return circleCount;
  }

  /** The variable that a step maps a row to. */
  int variable(int step) {
    return codes[step] >> 1;
  }

  /** Whether a step leaves its row out of the output. */
  boolean excludes(int step) {
    return (codes[step] & 1) != 0;
  }

  /** Where a fork goes first, or a jump. */
  int preferred(int step) {
    return preferred[step];
  }

  /** Where a fork goes when that leads nowhere. */
  int other(int step) {
    return other[step];
  }
}
