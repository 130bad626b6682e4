package io.caisson.examples.nexmark;

import java.util.SplittableRandom;

/** Texts of random letters. Immutable. */
final class RandomText {
  private static final int SHORTEST = 3;
  private static final int BLANK_EVERY = 13;
  private static final int LETTERS = 26;
  private static final int FILLING = 1 << 20;

  /** How much longer or shorter than its average a filling can be. */
  private static final double SPREAD = 0.2;

  /** From which fillings are cut: to make each anew would take longer than all the rest. */
  private final String filling;

  RandomText(SplittableRandom random) {
    var letters = new StringBuilder(FILLING);
    for (int i = 0; i < FILLING; i++) {
      letters.append(letter(random));
    }
    filling = letters.toString();
  }

  /** A text shorter than some length, in which a letter is a blank now and then. */
  static String next(SplittableRandom random, int length, char blank) {
    int size = SHORTEST + random.nextInt(length - SHORTEST);
    var text = new StringBuilder(size);
    for (int i = 0; i < size; i++) {
      text.append(random.nextInt(BLANK_EVERY) == 0 ? blank : letter(random));
    }
    return text.toString().trim();
  }

  /** A text that fills a row up to its usual size, on average; empty where the row has that. */
  String fill(SplittableRandom random, int size, int usualSize) {
    int missing = usualSize - size;
    if (missing < 0) {
      return "";
    }
    int spread = (int) Math.round(missing * SPREAD);
    int length = missing - spread + (spread == 0 ? 0 : random.nextInt(2 * spread));
    int from = random.nextInt(FILLING - length);
    return filling.substring(from, from + length);
  }

  private static char letter(SplittableRandom random) {
    return (char) ('a' + random.nextInt(LETTERS));
  }
}
