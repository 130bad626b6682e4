package io.caisson.fdb.embedded.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which faults an embedded database injects, and how often. A cluster shows its programs conflicts
 * that are none, commits whose outcome nobody knows, reads that come too late; a program that was
 * only ever tried against a store in its own process meets them first in production. With a plan,
 * the embedded database shows them in its tests:
 *
 * <pre>{@code
 * EmbeddedOptions options = EmbeddedOptions.defaults().withFaults(FaultPlan.everywhere(seed, 0.02));
 * database.faults(FaultPlan.none().withSeed(7).with(FaultKind.UNKNOWN_RESULT_COMMITTED, 0.5));
 * }</pre>
 *
 * <p>To run a whole test suite under faults without touching it, start it with the system property
 * {@value #PROPERTY} or the environment variable {@value #VARIABLE} set to {@code seed,rate}: it
 * holds for every embedded database whose options name no plan. With one thread the same seed gives
 * the same faults at the same calls.
 *
 * <p>Faults never break a promise: what was acknowledged is there, what was refused with another
 * code than 1021 is not, and reads that answer answer the truth. Immutable.
 */
public final class FaultPlan {
  /** The system property that gives every database of the process a plan: {@code seed,rate}. */
  public static final String PROPERTY = "caisson.store.faults";

  /** The environment variable that does the same where the property is not set. */
  public static final String VARIABLE = "CAISSON_STORE_FAULTS";

  private static final Duration LONGEST_DELAY = Duration.ofMillis(20);
  private static final FaultPlan NONE =
      new FaultPlan(0, new EnumMap<>(FaultKind.class), LONGEST_DELAY);

  private final long seed;
  private final Map<FaultKind, Double> rates;
  private final Duration longestDelay;

  private FaultPlan(long seed, Map<FaultKind, Double> rates, Duration longestDelay) {
    this.seed = seed;
    this.rates = rates;
    this.longestDelay = longestDelay;
  }

  /** No faults at all. */
  public static FaultPlan none() {
    return NONE;
  }

  /**
   * Every kind of fault at the same rate.
   *
   * @param rate the part of the calls that a kind of fault hits, from 0 to 1
   */
  public static FaultPlan everywhere(long seed, double rate) {
    FaultPlan plan = none().withSeed(seed);
    for (FaultKind kind : FaultKind.values()) {
      plan = plan.with(kind, rate);
    }
    return plan;
  }

  /**
   * Reads a plan as the system property has it.
   *
   * @param text {@code seed,rate}
   */
  public static FaultPlan parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("A plan of faults is 'seed,rate', not '" + text + "'");
    }
    return everywhere(Long.parseLong(parts[0].strip()), Double.parseDouble(parts[1].strip()));
  }

  /** The plan that the system property or the environment asks for, or none. */
  public static FaultPlan ofEnvironment() {
    String text = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, ""));
    return text.isBlank() ? none() : parse(text);
  }

  /** The same plan with another beginning of chance. */
  public FaultPlan withSeed(long value) {
    return new FaultPlan(value, rates, longestDelay);
  }

  /**
   * The same plan with another rate of one kind.
   *
   * @param rate the part of the calls that the fault hits, from 0 to 1
   */
  public FaultPlan with(FaultKind kind, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("The rate of a fault lies from 0 to 1, not at " + rate);
    }
    Map<FaultKind, Double> changed = new EnumMap<>(FaultKind.class);
    changed.putAll(rates);
    changed.put(kind, rate);
    return new FaultPlan(seed, changed, longestDelay);
  }

  /** The same plan with another bound for delays, 20 ms if none is given. */
  public FaultPlan withLongestDelay(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("A delay is longer than nothing: " + value);
    }
    return new FaultPlan(seed, rates, value);
  }

  /** Where chance begins. */
  public long seed() {
    return seed;
  }

  /** The part of the calls that a kind of fault hits. */
  public double rate(FaultKind kind) {
    return rates.getOrDefault(kind, 0.0);
  }

  /** How long a delay takes at most. */
  public Duration longestDelay() {
    return longestDelay;
  }

  /** Whether no fault has a chance. */
  public boolean isEmpty() {
    return rates.values().stream().allMatch(rate -> rate == 0);
  }

  @Override
  public String toString() {
    return "faults from seed " + seed + ": " + rates;
  }
}
