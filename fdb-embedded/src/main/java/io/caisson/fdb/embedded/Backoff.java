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

  private double next = FIRST_SECONDS;
  private long retries;

  /** Whether another try is allowed; counts it. */
  boolean tryAgain(long retryLimit) {
    return retryLimit < 0 || retries++ < retryLimit;
  }

  /** Milliseconds to wait after an error. */
  long delayMillis(ErrorCode error, long maximumMillis) {
    double maximum = maximumMillis / 1_000.0;
    if (error == ErrorCode.TRANSACTION_TOO_OLD || error == ErrorCode.FUTURE_VERSION) {
      return Math.round(Math.min(VERSION_DELAY_SECONDS, maximum) * 1_000);
    }
    double delay = Math.min(next, maximum) * ThreadLocalRandom.current().nextDouble();
    next = Math.min(next * GROWTH, maximum);
    return Math.round(delay * 1_000);
  }
}
