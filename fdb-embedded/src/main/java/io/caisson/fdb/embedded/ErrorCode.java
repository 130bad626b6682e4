package io.caisson.fdb.embedded;

import org.jspecify.annotations.Nullable;

/**
 * FoundationDB's error codes that this engine reports, with FoundationDB's messages and its answers
 * to "may I retry?" and "may it have been committed?".
 */
public enum ErrorCode {
  /** Operation timed out. */
  TIMED_OUT(1004, Retry.NO, "Operation timed out"),
  /** The read version has left the window of the last seconds. */
  TRANSACTION_TOO_OLD(
      1007, Retry.NOT_COMMITTED, "Transaction is too old to perform reads or be committed"),
  /** The read version lies ahead of the store. */
  FUTURE_VERSION(1009, Retry.NOT_COMMITTED, "Request for future version"),
  /** Something that was read has been written since. */
  NOT_COMMITTED(
      1020,
      Retry.NOT_COMMITTED,
      "Transaction not committed due to conflict with another transaction"),
  /** The outcome of a commit is not known. */
  COMMIT_UNKNOWN_RESULT(1021, Retry.MAYBE_COMMITTED, "Transaction may or may not have committed"),
  /** The transaction was cancelled. */
  TRANSACTION_CANCELLED(1025, Retry.NO, "Operation aborted because the transaction was cancelled"),
  /** The transaction's own time limit has passed. */
  TRANSACTION_TIMED_OUT(1031, Retry.NO, "Operation aborted because the transaction timed out"),
  /** The database holds as many watches as it may. */
  TOO_MANY_WATCHES(1032, Retry.NO, "Too many watches currently set"),
  /** Watches need read-your-writes. */
  WATCHES_DISABLED(1034, Retry.NO, "Watches cannot be set if read your writes is disabled"),
  /** A key or value with a versionstamp was read before its commit. */
  ACCESSED_UNREADABLE(1036, Retry.NO, "Read or wrote an unreadable key"),
  /** The storage lags behind. */
  PROCESS_BEHIND(1037, Retry.NOT_COMMITTED, "Storage process does not have recent mutations"),
  /** The call makes no sense. */
  CLIENT_INVALID_OPERATION(2000, Retry.NO, "Invalid API call"),
  /** The key belongs to the system. */
  KEY_OUTSIDE_LEGAL_RANGE(2004, Retry.NO, "Key outside legal range"),
  /** The begin of a range lies above its end. */
  INVERTED_RANGE(2005, Retry.NO, "Range begin key larger than end key"),
  /** An option's value is not one. */
  INVALID_OPTION_VALUE(2006, Retry.NO, "Option set with an invalid value"),
  /** An option is unknown or not valid here. */
  INVALID_OPTION(2007, Retry.NO, "Option not valid in this context"),
  /** The read version can be set once, before the first read. */
  READ_VERSION_ALREADY_SET(2010, Retry.NO, "Transaction already has a read version set"),
  /** No such version. */
  VERSION_INVALID(2011, Retry.NO, "Version not valid"),
  /** The limits of a range read make no sense. */
  RANGE_LIMITS_INVALID(2012, Retry.NO, "Range limits not valid"),
  /** The transaction is being, or has been, committed. */
  USED_DURING_COMMIT(2017, Retry.NO, "Operation issued while a commit was outstanding"),
  /** No such atomic operation. */
  INVALID_MUTATION_TYPE(2018, Retry.NO, "Unrecognized atomic mutation type"),
  /** A read-only transaction has no commit version. */
  NO_COMMIT_VERSION(
      2021, Retry.NO, "Transaction is read-only and therefore does not have a commit version"),
  /** The transaction writes or reads too much. */
  TRANSACTION_TOO_LARGE(2101, Retry.NO, "Transaction exceeds byte limit"),
  /** The key is too long. */
  KEY_TOO_LARGE(2102, Retry.NO, "Key length exceeds limit"),
  /** The value is too long. */
  VALUE_TOO_LARGE(2103, Retry.NO, "Value length exceeds limit"),
  /** This engine, or this configuration of it, does not do that. */
  UNSUPPORTED_OPERATION(2108, Retry.NO, "Operation is not supported"),
  /** A range read in mode EXACT names no limit. */
  EXACT_MODE_WITHOUT_LIMITS(2210, Retry.NO, "Operation requires a limit in EXACT mode"),
  /** The disk or the file system failed or is full. */
  IO_ERROR(1510, Retry.NO, "Disk i/o operation failed"),
  /** A fault of this engine. */
  INTERNAL_ERROR(4100, Retry.NO, "An internal error occurred");

  private enum Retry {
    NO,
    NOT_COMMITTED,
    MAYBE_COMMITTED
  }

  private final int code;
  private final Retry retry;
  private final String message;

  ErrorCode(int code, Retry retry, String message) {
    this.code = code;
    this.retry = retry;
    this.message = message;
  }

  /** The code with one of FoundationDB's numbers, or null if this engine does not know it. */
  static @Nullable ErrorCode of(int code) {
    for (ErrorCode candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    return null;
  }

  /** FoundationDB's number. */
  public int code() {
    return code;
  }

  /** FoundationDB's message. */
  public String message() {
    return message;
  }

  /** Whether the transaction may be tried again. */
  public boolean isRetryable() {
    return retry != Retry.NO;
  }

  /** Whether the transaction may nevertheless have been committed. */
  public boolean isMaybeCommitted() {
    return retry == Retry.MAYBE_COMMITTED;
  }

  /** Whether the transaction may be tried again and was certainly not committed. */
  public boolean isRetryableNotCommitted() {
    return retry == Retry.NOT_COMMITTED;
  }

  /** The exception with FoundationDB's message. */
  EmbeddedException exception() {
    return new EmbeddedException(this, message);
  }

  /** The exception with more detail than FoundationDB's message. */
  EmbeddedException exception(String detail) {
    return new EmbeddedException(this, message + ": " + detail);
  }
}
