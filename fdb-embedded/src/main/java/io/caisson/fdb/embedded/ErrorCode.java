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
  /** There are no servers whose addresses could be told. */
  LOCALITY_INFORMATION_UNAVAILABLE(1033, Retry.NO, "Locality information not available"),
  /** Watches need read-your-writes. */
  WATCHES_DISABLED(1034, Retry.NO, "Watches cannot be set if read your writes is disabled"),
  /** A key or value with a versionstamp was read before its commit. */
  ACCESSED_UNREADABLE(1036, Retry.NO, "Read or wrote an unreadable key"),
  /** The storage lags behind; here only by injected faults. */
  PROCESS_BEHIND(1037, Retry.NOT_COMMITTED, "Storage process does not have recent mutations"),
  /** The cluster is locked; a cluster's only. */
  DATABASE_LOCKED(1038, Retry.NOT_COMMITTED, "Database is locked"),
  /** The cluster was upgraded; a cluster's only. */
  CLUSTER_VERSION_CHANGED(
      1039, Retry.MAYBE_COMMITTED, "The protocol version of the cluster has changed"),
  /** A proxy has no memory left for commits; here only by injected faults. */
  COMMIT_PROXY_MEMORY_LIMIT_EXCEEDED(
      1042, Retry.NOT_COMMITTED, "CommitProxy commit memory limit exceeded"),
  /** Too many batch transactions; here only by injected faults. */
  BATCH_TRANSACTION_THROTTLED(1051, Retry.NOT_COMMITTED, "Batch GRV request rate limit exceeded"),
  /** A proxy has no memory left for read versions; here only by injected faults. */
  GRV_PROXY_MEMORY_LIMIT_EXCEEDED(
      1078, Retry.NOT_COMMITTED, "GetReadVersion proxy memory limit exceeded"),
  /** A future was cancelled. */
  OPERATION_CANCELLED(1101, Retry.NO, "Asynchronous operation cancelled"),
  /** A tag has too many transactions; here only by injected faults. */
  TAG_THROTTLED(1213, Retry.NOT_COMMITTED, "Transaction tag is being throttled"),
  /** A tag was throttled for too long; a cluster's only. */
  PROXY_TAG_THROTTLED(1223, Retry.NOT_COMMITTED, "Exceeded maximum proxy tag throttling duration"),
  /** The disk or the file system failed or is full. */
  IO_ERROR(1510, Retry.NO, "Disk i/o operation failed"),
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
  /** No such atomic operation; the Java API cannot ask for one. */
  INVALID_MUTATION_TYPE(2018, Retry.NO, "Unrecognized atomic mutation type"),
  /** The commit failed, so there is no versionstamp. */
  TRANSACTION_INVALID_VERSION(2020, Retry.NO, "Transaction does not have a valid commit version"),
  /** A read-only transaction has no commit version. */
  NO_COMMIT_VERSION(
      2021, Retry.NO, "Transaction is read-only and therefore does not have a commit version"),
  /** The transaction promised by an option to write nothing. */
  TRANSACTION_READ_ONLY(2023, Retry.NO, "Attempted to commit a transaction specified as read-only"),
  /** The transaction writes or reads too much. */
  TRANSACTION_TOO_LARGE(2101, Retry.NO, "Transaction exceeds byte limit"),
  /** The key is too long. */
  KEY_TOO_LARGE(2102, Retry.NO, "Key length exceeds limit"),
  /** The value is too long. */
  VALUE_TOO_LARGE(2103, Retry.NO, "Value length exceeds limit"),
  /** This engine, or this configuration of it, does not do that. */
  UNSUPPORTED_OPERATION(2108, Retry.NO, "Operation is not supported"),
  /** A transaction bears at most five tags. */
  TOO_MANY_TAGS(2109, Retry.NO, "Too many tags set on transaction"),
  /** A tag has at most sixteen bytes. */
  TAG_TOO_LONG(2110, Retry.NO, "Tag set on transaction is too long"),
  /** A read of special keys touches more than one module. */
  SPECIAL_KEYS_CROSS_MODULE_READ(
      2112,
      Retry.NO,
      "Special key space range read crosses modules. Refer to the `special_key_space_relaxed'"
          + " transaction option for more details."),
  /** A read of special keys touches no module. */
  SPECIAL_KEYS_NO_MODULE_FOUND(
      2113,
      Retry.NO,
      "Special key space range read does not intersect a module. Refer to the"
          + " `special_key_space_relaxed' transaction option for more details."),
  /** Special keys are written only by transactions that said so. */
  SPECIAL_KEYS_WRITE_DISABLED(
      2114,
      Retry.NO,
      "Special Key space is not allowed to write by default. Refer to the"
          + " `special_key_space_enable_writes` transaction option for more details."),
  /** A write of special keys touches no module that can be written. */
  SPECIAL_KEYS_NO_WRITE_MODULE_FOUND(
      2115,
      Retry.NO,
      "Special key space key or keyrange in set or clear does not intersect a module"),
  /** A clear of special keys touches more than one module. */
  SPECIAL_KEYS_CROSS_MODULE_CLEAR(2116, Retry.NO, "Special key space clear crosses modules"),
  /** What was written to special keys cannot be done. */
  SPECIAL_KEYS_API_FAILURE(
      2117,
      Retry.NO,
      "Api call through special keys failed. For more information, call get on special key"
          + " 0xff0xff/error_message to get a json string of the error message."),
  /** A range read in mode EXACT names no limit. */
  EXACT_MODE_WITHOUT_LIMITS(
      2210, Retry.NO, "EXACT streaming mode requires limits, but none were given"),
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
