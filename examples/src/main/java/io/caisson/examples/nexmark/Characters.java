package io.caisson.examples.nexmark;

/** The function of query 14 that SQL calls. Stateless. */
public final class Characters {
  private Characters() {}

  /** How often a character is in a text. */
  public static long count(String text, String character) {
    long count = 0;
    for (int at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
      count++;
    }
    return count;
  }
}
