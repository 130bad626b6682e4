package io.caisson.fdb.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a database, by FoundationDB's numbers: most are options that every transaction of
 * it begins with, and has again after each {@code onError}. Thread-safe.
 */
final class DatabaseSettings {
  private static final int MAXIMUM_WATCHES = 1_000_000;

  private final Watches watches;
  private final Map<Integer, byte @Nullable []> forTransactions = new LinkedHashMap<>();
  private int snapshotReadYourWrites = 1;

  DatabaseSettings(Watches watches) {
    this.watches = watches;
  }

  /** Sets an option; one that is not valid is refused at once. */
  synchronized void set(int code, byte @Nullable [] parameter) {
    switch (code) {
      case 10 -> TransactionSettings.number(parameter, 0, Integer.MAX_VALUE);
      case 20 -> watches.limit((int) TransactionSettings.number(parameter, 0, MAXIMUM_WATCHES));
      case 21, 22 -> {
        // Where the client is, which only a cluster asks.
      }
      case 26 -> snapshotReadYourWrites++;
      case 27 -> snapshotReadYourWrites--;
      case 405, 500, 501, 502, 503, 701 -> setForTransactions(code, parameter);
      case 504 -> setForTransactions(20, parameter);
      case 505 -> setForTransactions(23, parameter);
      case 506 -> setForTransactions(505, parameter);
      case 700 -> setForTransactions(1100, parameter);
      case 702 -> setForTransactions(712, parameter);
      case 800 -> throw ErrorCode.UNSUPPORTED_OPERATION.exception("the configuration database");
      case 900 -> TransactionSettings.number(parameter, 0, 100);
      default -> throw ErrorCode.INVALID_OPTION.exception();
    }
  }

  private void setForTransactions(int code, byte @Nullable [] parameter) {
    new TransactionSettings().set(code, parameter);
    forTransactions.remove(code);
    forTransactions.put(code, parameter);
  }

  /** What a transaction begins with. */
  synchronized TransactionSettings newTransaction() {
    TransactionSettings settings = new TransactionSettings();
    settings.snapshotReadYourWrites = snapshotReadYourWrites;
    forTransactions.forEach(settings::set);
    return settings;
  }
}
