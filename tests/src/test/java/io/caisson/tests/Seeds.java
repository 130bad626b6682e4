package io.caisson.tests;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The frame of tests that make their cases of a seed: each seed is a test of its own that says how
 * to repeat it. {@code -Dcaisson.seed=} is the first seed, {@code -Dcaisson.scenarios=} how many
 * there are. Stateless.
 */
public final class Seeds {
  /** The first seed of tests that do not care which. */
  public static final long FIRST = 2_026;

  private static final String SEED = "caisson.seed";
  private static final String SCENARIOS = "caisson.scenarios";

  private Seeds() {}

  /** What a test does with a seed. */
  @FunctionalInterface
  public interface Body {
    /** Runs the case of a seed. */
    void run(long seed) throws Exception;
  }

  /** So many cases, or one where a seed is asked for. */
  public static Stream<DynamicTest> tests(int cases, Body body) {
    return tests(FIRST, cases, body);
  }

  /** The same from another seed on. */
  public static Stream<DynamicTest> tests(long first, int cases, Body body) {
    Long wanted = Long.getLong(SEED);
    long from = wanted == null ? first : wanted;
    int count = Integer.getInteger(SCENARIOS, wanted == null ? cases : 1);
    return LongStream.range(from, from + count)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> body.run(seed)));
  }

  /** How to repeat a case. */
  public static String repeat(long seed) {
    return "-D" + SEED + "=" + seed;
  }
}
