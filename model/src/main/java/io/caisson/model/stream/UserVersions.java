package io.caisson.model.stream;

import com.apple.foundationdb.Transaction;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers the blocks of each transaction, whichever log appends them: two blocks with one number
 * would be one key, and the second would silently replace the first. Transactions compare by
 * identity; a number is not given back when one is tried again. Thread-safe; shared by the process,
 * because a transaction may be too.
 */
final class UserVersions {
  private static final int MOST = 0xFFFF;

  private static final Map<Transaction, AtomicInteger> NEXT = new WeakHashMap<>();

  private UserVersions() {}

  /** The next number of a transaction. */
  static int next(Transaction transaction) {
    AtomicInteger counter;
    synchronized (NEXT) {
      counter = NEXT.computeIfAbsent(transaction, t -> new AtomicInteger());
    }
    int number = counter.getAndIncrement();
    if (number >= MOST) {
      throw new CaissonException(
              SqlState.TRANSACTION_TOO_LARGE, "A transaction appends at most " + MOST + " blocks")
          .withHint("Append in several transactions, with more rows at a time.");
    }
    return number;
  }
}
