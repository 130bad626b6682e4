package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.fault.FaultPlan;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How an embedded database is opened; {@link #defaults()} suits a program that wants to lose
 * nothing. Immutable.
 *
 * @param durability what an acknowledged commit survives
 * @param executor runs the continuations of futures; null: a pool of the database's own
 * @param initialMapBytes address space to reserve for the file at first; it grows by itself
 * @param maximumBytes size beyond which commits fail with {@link StoreFullException}
 * @param historyBytes heap for the window of the last seconds' commits; when it is used up, the
 *     window becomes shorter
 * @param faults which faults to inject; by default those that the process's environment asks for,
 *     as a rule none
 */
public record EmbeddedOptions(
    Durability durability,
    @Nullable Executor executor,
    long initialMapBytes,
    long maximumBytes,
    long historyBytes,
    FaultPlan faults) {
  private static final long DEFAULT_MAP = 64L << 30;
  private static final long LARGEST_MAP = 64L << 40;
  private static final long SMALLEST_MAP = 1L << 20;

  /** Checks the values. */
  public EmbeddedOptions {
    if (initialMapBytes < SMALLEST_MAP || maximumBytes < SMALLEST_MAP) {
      throw new IllegalArgumentException(
          "A database needs room for at least " + SMALLEST_MAP + " bytes");
    }
    if (historyBytes < 0) {
      throw new IllegalArgumentException("historyBytes is negative: " + historyBytes);
    }
  }

  /** Synced commits, and as much room as the disk has. */
  public static EmbeddedOptions defaults() {
    long history = Math.max(16L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 16));
    return new EmbeddedOptions(
        Durability.DURABLE, null, DEFAULT_MAP, LARGEST_MAP, history, FaultPlan.ofEnvironment());
  }

  /** The same with another durability. */
  public EmbeddedOptions withDurability(Durability value) {
    return new EmbeddedOptions(
        value, executor, initialMapBytes, maximumBytes, historyBytes, faults);
  }

  /** The same with an executor for the continuations of futures. */
  public EmbeddedOptions withExecutor(Executor value) {
    return new EmbeddedOptions(
        durability, value, initialMapBytes, maximumBytes, historyBytes, faults);
  }

  /** The same with another address space to begin with. */
  public EmbeddedOptions withInitialMapBytes(long value) {
    return new EmbeddedOptions(durability, executor, value, maximumBytes, historyBytes, faults);
  }

  /** The same with a quota. */
  public EmbeddedOptions withMaximumBytes(long value) {
    return new EmbeddedOptions(durability, executor, initialMapBytes, value, historyBytes, faults);
  }

  /** The same with another bound for the window of the last commits. */
  public EmbeddedOptions withHistoryBytes(long value) {
    return new EmbeddedOptions(durability, executor, initialMapBytes, maximumBytes, value, faults);
  }

  /** The same with faults, for the tests of a program that uses the database. */
  public EmbeddedOptions withFaults(FaultPlan value) {
    return new EmbeddedOptions(
        durability, executor, initialMapBytes, maximumBytes, historyBytes, value);
  }
}
