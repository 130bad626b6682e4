package io.caisson.fdb.embedded;

import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on their way to the committing thread. Any thread adds, by one exchange and without
 * a lock; the committing thread takes all at once, and is woken only by the one it waits for, not
 * by each of many.
 *
 * <pre>
 *   newest → request 3 → request 2 → request 1         each knows how many there are up to it
 *   newest → closed → request 2 → request 1            nothing is added any more
 * </pre>
 */
final class CommitQueue {
  private static final int NEVER = Integer.MAX_VALUE;

  private final AtomicReference<@Nullable Entry> newest = new AtomicReference<>();
  private volatile int wanted = NEVER;
  private volatile @Nullable Thread taker;

  /**
   * A transaction, or the end.
   *
   * @param request null at the end
   * @param size transactions up to this one
   */
  private record Entry(@Nullable CommitRequest request, @Nullable Entry older, int size) {}

  /**
   * Adds a transaction.
   *
   * @throws IllegalStateException if the queue is closed
   */
  void add(CommitRequest request) {
    while (true) {
      Entry head = newest.get();
      if (head != null && head.request == null) {
        throw new IllegalStateException("The database is closed");
      }
      Entry added = new Entry(request, head, size(head) + 1);
      if (newest.compareAndSet(head, added)) {
        if (added.size == wanted) {
          LockSupport.unpark(taker);
        }
        return;
      }
    }
  }

  /** Ends the queue: what is in it may still be taken. */
  void close() {
    while (true) {
      Entry head = newest.get();
      if (head != null && head.request == null) {
        return;
      }
      if (newest.compareAndSet(head, new Entry(null, head, size(head)))) {
        LockSupport.unpark(taker);
        return;
      }
    }
  }

  private static int size(@Nullable Entry head) {
    return head == null ? 0 : head.size;
  }

  /** The committing thread introduces itself. */
  void takenBy(Thread thread) {
    taker = thread;
  }

  /** How many transactions wait. */
  int size() {
    return size(newest.get());
  }

  /**
   * Waits for so many transactions, or for the end.
   *
   * @return false if the time is over first
   */
  boolean await(int count, long nanos) {
    long started = System.nanoTime();
    wanted = count;
    try {
      while (true) {
        Entry head = newest.get();
        if (size(head) >= count || (head != null && head.request == null)) {
          return true;
        }
        long left = nanos - (System.nanoTime() - started);
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, left);
        boolean unused = Thread.interrupted(); // nobody has a reason to, and parking would end
      }
    } finally {
      wanted = NEVER;
    }
  }

  /**
   * Moves all transactions behind those that were taken before.
   *
   * @return false if the queue is at its end
   */
  boolean takeAll(Deque<CommitRequest> target) {
    while (true) {
      Entry head = newest.get();
      if (head == null) {
        return true;
      }
      boolean isEnd = head.request == null;
      if (newest.compareAndSet(head, isEnd ? new Entry(null, null, 0) : null)) {
        CommitRequest[] taken = new CommitRequest[head.size];
        int at = taken.length;
        for (Entry entry = head; entry != null; entry = entry.older) {
          if (entry.request != null) {
            taken[--at] = entry.request;
          }
        }
        for (CommitRequest request : taken) {
          target.addLast(request);
        }
        return !isEnd;
      }
    }
  }
}
