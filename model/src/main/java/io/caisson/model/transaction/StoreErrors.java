package io.caisson.model.transaction;

import com.apple.foundationdb.FDBException;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The one place where the store's error numbers become {@link CaissonException}s. Whatever calls
 * the store outside a {@link TransactionRunner} sends its exceptions through here. Stateless.
 */
public final class StoreErrors {
  private StoreErrors() {}

  /**
   * What an asynchronous call really failed with. An error of the store that was translated on its
   * way is the store's error.
   */
  public static Throwable unwrap(Throwable error) {
    Throwable cause = error;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof CaissonException && cause.getCause() instanceof FDBException store
        ? store
        : cause;
  }

  /** The exception to throw for an error; one of ours stays what it is. */
  public static RuntimeException translate(Throwable error) {
    Throwable cause = unwrap(error);
    if (cause instanceof FDBException store) {
      return translate(store);
    }
    if (cause instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (cause instanceof Error fatal) {
      throw fatal;
    }
    return new CaissonException(SqlState.INTERNAL_ERROR, String.valueOf(cause.getMessage()), cause);
  }

  private static CaissonException translate(FDBException e) {
    return switch (e.getCode()) {
      case 1020 ->
          error(
              e,
              SqlState.SERIALIZATION_FAILURE,
              "Another transaction changed what this one had read",
              "Run the transaction again.");
      case 1007 ->
          error(
              e,
              SqlState.SERIALIZATION_FAILURE,
              "The transaction was open for longer than the store keeps its version of the data",
              "Run it again, in smaller parts: a transaction may take five seconds.");
      case 1004, 1025, 1031, 1101 ->
          error(
              e,
              SqlState.QUERY_CANCELED,
              "The transaction was cancelled or ran into its time limit",
              "Run it again, with a longer time limit where it has one.");
      case 1021, 1039 ->
          error(
              e,
              SqlState.CONNECTION_FAILURE,
              "The store went away during a commit; whether it happened is not known",
              "Look whether the change is there before making it again, or give appends a producer"
                  + " and a sequence number.");
      case 1009, 1037, 1042, 1051, 1078, 1213, 1223, 1501 ->
          error(
              e,
              SqlState.INSUFFICIENT_RESOURCES,
              "The store is overloaded or lags behind",
              "Try again later, or with fewer writers.");
      case 1038 ->
          error(
              e,
              SqlState.DATABASE_LOCKED,
              "The store is locked by an administrator",
              "Wait until a restore or switch-over is done, or unlock it.");
      default -> translateLimitsAndFiles(e);
    };
  }

  private static CaissonException translateLimitsAndFiles(FDBException e) {
    return switch (e.getCode()) {
      case 2101 ->
          error(
              e,
              SqlState.TRANSACTION_TOO_LARGE,
              "The transaction writes more than the store takes at once",
              "Write in several transactions of about a megabyte each.");
      case 2102 ->
          error(
              e,
              SqlState.ROW_TOO_LARGE,
              "A key is longer than the store's 10,000 bytes",
              "Use shorter values in the primary key.");
      case 2103 ->
          error(
              e,
              SqlState.ROW_TOO_LARGE,
              "A value is longer than the store's 100,000 bytes",
              "Split the row, or keep large contents elsewhere and their address here.");
      case 1510, 1520, 1521 ->
          saysFull(e)
              ? translateFull(e)
              : error(
                  e,
                  SqlState.IO_ERROR,
                  "The store could not read or write its file",
                  "Check the disk, its free space and the system's log.");
      case 1522 ->
          error(
              e,
              SqlState.DATA_CORRUPTED,
              "The store's file is damaged",
              "Check the disk and restore the data from a copy.");
      case 1511, 1513, 1514, 1515 ->
          error(
              e,
              SqlState.UNDEFINED_FILE,
              "A file of the store is missing or may not be used",
              "Check the path and its permissions.");
      case 1500, 1512, 1519, 2104, 2105 ->
          error(
              e,
              SqlState.CONNECTION_FAILURE,
              "The store can't be reached",
              "Check the cluster file and that the cluster runs.");
      default ->
          new CaissonException(
              SqlState.INTERNAL_ERROR, "The store refused with error " + describe(e), e);
    };
  }

  /** FoundationDB has no number for a full disk; the embedded engine says it in words. */
  private static boolean saysFull(FDBException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("disk is full") || message.contains("maximum size");
  }

  private static CaissonException translateFull(FDBException e) {
    return error(
        e,
        SqlState.DISK_FULL,
        "There is no room for the transaction, which was not committed",
        "Free space on the disk or raise the database's maximum size, then run it again.");
  }

  private static CaissonException error(
      FDBException e, SqlState state, String message, String hint) {
    return new CaissonException(state, message + " (" + describe(e) + ")", e).withHint(hint);
  }

  private static String describe(FDBException e) {
    return e.getCode() + ": " + e.getMessage();
  }
}
