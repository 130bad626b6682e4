package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeyArrayResult;
import com.apple.foundationdb.KeySelector;
import io.caisson.fdb.embedded.RangeRequest.Answer;
import io.caisson.fdb.embedded.RangeRequest.Bound;
import io.caisson.fdb.embedded.SelectorResolution.Resolution;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.history.Rows;
import io.caisson.fdb.embedded.write.PendingWrite;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reads of a transaction, and the read conflicts that they add: the keys that the answer
 * depends on, without those whose values came from the transaction's own writes.
 *
 * <p>Reads are done when they are asked for, so that what is written later in the same transaction
 * is not seen by them; their futures are complete at once, unless a fault delays them. Thread-safe.
 */
final class TransactionReads {
  private final TransactionState state;
  private final EmbeddedDatabase database;
  private final SpecialKeys specialKeys;

  TransactionReads(TransactionState state, SpecialKeys specialKeys) {
    this.state = state;
    this.database = state.database();
    this.specialKeys = specialKeys;
  }

  private <T> CompletableFuture<T> answer(Supplier<T> read) {
    CompletableFuture<T> answer;
    try {
      answer = CompletableFuture.completedFuture(read.get());
    } catch (EmbeddedException refused) {
      state.noteFailedRead(refused);
      answer = CompletableFuture.failedFuture(refused);
    }
    FaultInjector faults = database.faultInjector();
    return faults == null ? answer : faults.delayRead(state, answer);
  }

  /** Whether a read sees the transaction's writes; the monitor is held. */
  private boolean seesOwnWrites(boolean snapshot) {
    TransactionSettings settings = state.settings();
    return settings.readYourWrites && (!snapshot || settings.snapshotReadYourWrites > 0);
  }

  private void injectFault() {
    FaultInjector faults = database.faultInjector();
    if (faults != null) {
      faults.beforeRead();
    }
  }

  CompletableFuture<Long> readVersion() {
    return answer(
        () -> {
          synchronized (state) {
            state.checkDeferred();
            state.checkNotEnded();
          }
          if (state.knownVersion() < 0) {
            injectFault();
          }
          return state.version();
        });
  }

  // ---- single keys

  @SuppressWarnings("NullAway") // an absent key is a future of null, as the API says
  CompletableFuture<byte[]> get(byte[] key, boolean snapshot) {
    return answer(
        () -> {
          if (SpecialKeys.contains(key)) {
            state.checkDeferred();
            return specialKeys.get(key);
          }
          synchronized (state) {
            state.checkReadable();
            KeyLimits.checkRead(key, state.settings());
          }
          return KeyLimits.isTooLong(key) ? null : read(key, snapshot);
        });
  }

  /** Reads a legal key. */
  byte @Nullable [] read(byte[] key, boolean snapshot) {
    PendingWrite write = null;
    synchronized (state) {
      state.noteRead();
      if (seesOwnWrites(snapshot)) {
        if (!state.settings().bypassUnreadable && state.writes().overlay().isUnreadable(key)) {
          throw ErrorCode.ACCESSED_UNREADABLE.exception();
        }
        write = state.writes().overlay().find(key);
        if (write != null && write.isIndependent()) {
          return copy(write.resolve(null));
        }
      }
    }
    injectFault();
    byte[] stored = database.reads().get(key, state.version());
    if (!snapshot) {
      synchronized (state) {
        state.readConflicts().addKey(key.clone());
        state.writes().accountRead(2L * key.length + 1);
      }
    }
    return write == null ? stored : copy(write.resolve(stored));
  }

  /** What the caller may change. */
  private static byte @Nullable [] copy(byte @Nullable [] value) {
    return value == null ? null : value.clone();
  }

  CompletableFuture<byte[]> getKey(KeySelector selector, boolean snapshot) {
    return answer(
        () -> {
          boolean own;
          byte[] end;
          synchronized (state) {
            state.checkReadable();
            KeyLimits.checkReadBound(selector.getKey(), state.settings());
            state.noteRead();
            own = seesOwnWrites(snapshot);
            end = KeyLimits.readEnd(state.settings());
          }
          injectFault();
          Bound bound = Bound.of(selector);
          byte[] found = SelectorResolution.resolve(new MergedReads(state, own), bound, end).key();
          if (!snapshot) {
            if (bound.offset() <= 0) {
              addConflict(found, bound.key());
            } else {
              addConflict(bound.key(), KeyRanges.after(found));
            }
          }
          return found;
        });
  }

  // ---- ranges

  /** Answers one request of a range read. */
  CompletableFuture<Answer> range(
      KeySelector begin, KeySelector end, Supplier<RangeRequest> request, boolean snapshot) {
    return answer(
        () -> {
          RangeRequest checked = request.get();
          if (SpecialKeys.containsRange(begin.getKey(), end.getKey())) {
            state.checkDeferred();
            return specialKeys.range(checked);
          }
          synchronized (state) {
            state.checkReadable();
            KeyLimits.checkReadBound(begin.getKey(), state.settings());
            KeyLimits.checkReadBound(end.getKey(), state.settings());
          }
          return checked.isInverted() ? Answer.NOTHING : range(checked, snapshot);
        });
  }

  private Answer range(RangeRequest request, boolean snapshot) {
    boolean own;
    byte[] highest;
    synchronized (state) {
      state.noteRead();
      own = seesOwnWrites(snapshot);
      highest = KeyLimits.readEnd(state.settings());
    }
    injectFault();
    MergedReads reads = new MergedReads(state, own);
    Resolution from = resolve(reads, request.begin(), highest);
    Resolution to = resolve(reads, request.end(), highest);
    Answer answer = collect(reads, request, from.key(), to.key());
    if (!snapshot) {
      addConflict(
          request, answer, from.atBegin() || to.atBegin(), from.atEnd() || to.atEnd(), highest);
    }
    return answer;
  }

  private static Resolution resolve(MergedReads reads, Bound bound, byte[] highest) {
    return bound.offset() == 1
        ? new Resolution(bound.key(), false, false)
        : SelectorResolution.resolve(reads, bound, highest);
  }

  /**
   * Collects rows until a limit is reached. A limit of bytes is that of one page: whatever is left
   * of the page after the transaction's own clears is the answer, if it is anything.
   */
  private static Answer collect(MergedReads reads, RangeRequest request, byte[] begin, byte[] end) {
    byte[] from = begin;
    byte[] to = end;
    Rows rows = null;
    while (true) {
      int left = request.maximumRows() - (rows == null ? 0 : rows.size());
      StoreReads.Page page =
          reads.page(
              new StoreReads.Scan(from, to, request.reverse(), left, request.maximumBytes(), true));
      if (rows == null) {
        rows = page.rows();
      } else {
        rows.addAll(page.rows());
      }
      boolean full = rows.size() >= request.maximumRows() || rows.bytes() >= request.maximumBytes();
      if (!page.more() || full || request.bytes() != RangeRequest.UNLIMITED) {
        return new Answer(rows, page.more() || full);
      }
      if (request.reverse()) {
        to = page.begin();
      } else {
        from = page.end();
      }
    }
  }

  // ---- conflicts

  /**
   * Adds what a range read depends on, as the native client reckons it: from one selector's key to
   * the other's, stretched to the rows that were found, and cut off behind them if a limit ended
   * the read.
   */
  private void addConflict(
      RangeRequest request, Answer answer, boolean toBegin, boolean throughEnd, byte[] highest) {
    Bound begin = request.begin();
    Bound end = request.end();
    Rows rows = answer.rows();
    boolean ascending = Arrays.compareUnsigned(begin.key(), end.key()) < 0;
    byte[] from = ascending ? begin.key() : end.key();
    byte[] to = ascending ? end.key() : begin.key();
    if (ascending && answer.more()) {
      if (!request.reverse() && end.offset() > 0) {
        to = begin.key();
      } else if (request.reverse() && begin.offset() <= 1) {
        from = end.key();
      }
    }
    boolean cut = answer.more();
    if (toBegin && begin.offset() <= 0 && !(request.reverse() && cut)) {
      from = KeyLimits.FIRST;
    }
    if (throughEnd && end.offset() > 0 && (request.reverse() || !cut)) {
      to = highest;
    }
    if (rows.size() > 0) {
      byte[] lowest = rows.key(request.reverse() ? rows.size() - 1 : 0);
      byte[] uppermost = rows.key(request.reverse() ? 0 : rows.size() - 1);
      if ((request.reverse() || begin.offset() <= 0) && Arrays.compareUnsigned(lowest, from) < 0) {
        from = lowest;
      }
      if ((!request.reverse() || end.offset() > 0) && Arrays.compareUnsigned(to, uppermost) <= 0) {
        to = KeyRanges.after(uppermost);
      }
    }
    addConflict(from, to);
  }

  /** Adds a range of keys that were read, without those that the transaction has written itself. */
  void addConflict(byte[] begin, byte[] end) {
    synchronized (state) {
      if (Arrays.compareUnsigned(begin, end) >= 0) {
        return;
      }
      state.writes().accountRead((long) begin.length + end.length);
      if (state.settings().readYourWrites) {
        state.writes().overlay().addStoredPart(begin.clone(), end.clone(), state.readConflicts());
      } else {
        state.readConflicts().add(begin.clone(), end.clone());
      }
    }
  }

  // ---- sizes

  CompletableFuture<Long> estimatedBytes(byte[] begin, byte[] end) {
    return answer(
        () -> {
          KeyLimits.checkOrder(begin, end);
          state.checkReadable();
          return database.reads().bytesIn(begin, end);
        });
  }

  CompletableFuture<KeyArrayResult> splitPoints(byte[] begin, byte[] end, long chunkSize) {
    return answer(
        () -> {
          KeyLimits.checkOrder(begin, end);
          synchronized (state) {
            state.checkReadable();
            KeyLimits.checkReadBound(begin, state.settings());
            KeyLimits.checkReadBound(end, state.settings());
          }
          if (chunkSize <= 0) {
            throw ErrorCode.CLIENT_INVALID_OPERATION.exception("chunk size " + chunkSize);
          }
          return SplitPoints.find(database.reads(), begin, end, chunkSize);
        });
  }
}
