package io.caisson.fdb.embedded;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a transaction waits before it is tried again: FoundationDB's numbers. Guarded by its
 * transaction.
 */
final class Backoff {
  private static final double FIRST_SECONDS = 0.01;
  private static final double GROWTH = 2;
  private static final double VERSION_DELAY_SECONDS = 0.01;
  private static final double SCARCE_MAXIMUM_SECONDS = 30;

  private double next = FIRST_SECONDS;
  private long retries;

  /** Whether another try is allowed; counts it. */
  boolean tryAgain(long retryLimit) {
    return retries++ < retryLimit || retryLimit < 0;
  }

  /** Nanoseconds to wait after an error. */
  long delayNanos(ErrorCode error, long maximumMillis) {
    double maximum = maximumMillis / 1_000.0;
    return switch (error) {
      case CLUSTER_VERSION_CHANGED -> 0;
      case TRANSACTION_TOO_OLD, FUTURE_VERSION -> nanos(Math.min(VERSION_DELAY_SECONDS, maximum));
      case COMMIT_PROXY_MEMORY_LIMIT_EXCEEDED, GRV_PROXY_MEMORY_LIMIT_EXCEEDED ->
          grown(SCARCE_MAXIMUM_SECONDS);
      default -> grown(maximum);
    };
  }

  private long grown(double maximum) {
    double delay = next * ThreadLocalRandom.current().nextDouble();
    next = Math.min(next * GROWTH, maximum);
    return nanos(delay);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
