package io.caisson.fdb.embedded;

import com.apple.foundationdb.MutationType;
import io.caisson.fdb.embedded.history.KeyRanges;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction writes, the conflict ranges that it adds itself, and its watches. A bad write
 * throws nothing: the next read or the commit reports it, except for a conflict range with its ends
 * swapped, which the API refuses at once. Thread-safe.
 */
final class TransactionUpdates {
  private final TransactionState state;
  private final TransactionReads reads;
  private final TransactionWatches watches;
  private final SpecialWrites specialWrites;

  TransactionUpdates(
      TransactionState state,
      TransactionReads reads,
      TransactionWatches watches,
      SpecialWrites specialWrites) {
    this.state = state;
    this.reads = reads;
    this.watches = watches;
    this.specialWrites = specialWrites;
  }

  /** Whether readers are to conflict with the next write; the option holds for one write only. */
  private boolean takeConflicting() {
    TransactionSettings settings = state.settings();
    boolean conflicting = !settings.nextWriteWithoutConflict;
    settings.nextWriteWithoutConflict = false;
    return conflicting;
  }

  void addReadConflict(byte[] begin, byte[] end) {
    KeyLimits.checkOrder(begin, end);
    state.perform(
        () -> {
          state.checkNotCommitting();
          boolean isMetadataVersion =
              KeyLimits.isMetadataVersion(begin) && Arrays.equals(end, KeyRanges.after(begin));
          if (!isMetadataVersion) {
            KeyLimits.checkReadBound(begin, state.settings());
            KeyLimits.checkReadBound(end, state.settings());
          }
          reads.addConflict(KeyLimits.cut(begin), KeyLimits.cut(end));
        });
  }

  void addWriteConflict(byte[] begin, byte[] end) {
    KeyLimits.checkOrder(begin, end);
    state.perform(
        () -> {
          state.checkNotCommitting();
          state.writes().addConflict(begin, end);
        });
  }

  void set(byte[] key, byte[] value) {
    state.perform(
        () -> {
          if (KeyLimits.isMetadataVersion(key)) {
            throw ErrorCode.CLIENT_INVALID_OPERATION.exception();
          }
          if (SpecialKeys.contains(key)) {
            specialWrites.set(key);
            return;
          }
          boolean conflicting = takeConflicting();
          state.checkNotCommitting();
          state.writes().set(key, value, conflicting);
          watches.changed(key, value);
        });
  }

  void clear(byte[] key) {
    state.perform(
        () -> {
          boolean conflicting = takeConflicting();
          state.checkNotCommitting();
          if (SpecialKeys.contains(key)) {
            specialWrites.set(key);
          } else if (state.writes().clear(key, conflicting)) {
            watches.changed(key, null);
          }
        });
  }

  void clear(byte[] begin, byte[] end) {
    state.perform(
        () -> {
          KeyLimits.checkOrder(begin, end);
          boolean conflicting = takeConflicting();
          state.checkNotCommitting();
          if (SpecialKeys.containsRange(begin, end)) {
            specialWrites.clear(begin, end);
          } else {
            state.writes().clear(begin, end, conflicting);
            watches.cleared(begin, end);
          }
        });
  }

  void mutate(MutationType type, byte[] key, byte[] operand) {
    state.perform(
        () -> {
          boolean conflicting = takeConflicting();
          state.checkNotCommitting();
          long above = Math.max(state.knownVersion(), 0);
          state.writes().mutate(type, key, operand, above, conflicting);
          if (type != MutationType.SET_VERSIONSTAMPED_KEY) {
            watches.changedSomehow(key);
          }
        });
  }

  CompletableFuture<Long> approximateSize() {
    try {
      synchronized (state) {
        state.checkDeferred();
        return CompletableFuture.completedFuture(state.writes().size());
      }
    } catch (EmbeddedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  CompletableFuture<Void> watch(byte[] key) {
    try {
      synchronized (state) {
        state.checkReadable();
        if (!state.settings().readYourWrites) {
          throw ErrorCode.WATCHES_DISABLED.exception();
        }
        KeyLimits.checkRead(key, state.settings());
        KeyLimits.checkLength(key, state.settings());
      }
      byte @Nullable [] seen = reads.read(key, false);
      return watches.watch(key, seen);
    } catch (EmbeddedException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
