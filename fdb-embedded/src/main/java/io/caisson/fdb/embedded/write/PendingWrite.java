package io.caisson.fdb.embedded.write;

import com.apple.foundationdb.MutationType;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction will do to one key: a value it knows (null: cleared), or operations on what
 * the store holds.
 *
 * <p>Immutable: each further operation makes a new one, with the earlier ones behind it.
 */
public final class PendingWrite {
  private final @Nullable PendingWrite earlier;
  private final @Nullable MutationType type;
  private final byte @Nullable [] operand;
  private final @Nullable VersionstampTemplate template;
  private final boolean conflicting;

  private PendingWrite(
      @Nullable PendingWrite earlier,
      @Nullable MutationType type,
      byte @Nullable [] operand,
      @Nullable VersionstampTemplate template,
      boolean conflicting) {
    this.earlier = earlier;
    this.type = type;
    this.operand = operand;
    this.template = template;
    this.conflicting = conflicting;
  }

  /** A known value; null clears the key. */
  static PendingWrite value(byte @Nullable [] value, boolean conflicting) {
    return new PendingWrite(null, null, value, null, conflicting);
  }

  /** A value that the commit completes. */
  static PendingWrite stamped(VersionstampTemplate template, boolean conflicting) {
    return new PendingWrite(
        null, MutationType.SET_VERSIONSTAMPED_VALUE, null, template, conflicting);
  }

  /**
   * An operation on what was there: the transaction's own earlier write, or what the store holds.
   */
  static PendingWrite operation(
      @Nullable PendingWrite earlier, MutationType type, byte[] operand, boolean conflicting) {
    if (earlier != null && earlier.isKnown()) {
      return value(AtomicOperation.apply(type, earlier.operand, operand), conflicting);
    }
    return new PendingWrite(earlier, type, operand, null, conflicting);
  }

  PendingWrite withConflict() {
    return conflicting ? this : new PendingWrite(earlier, type, operand, template, true);
  }

  /** Whether the value does not depend on the store. */
  public boolean isKnown() {
    return type == null;
  }

  /** Whether what the store holds has no part in the value, though the commit version may. */
  public boolean isIndependent() {
    return type == null || template != null || (earlier != null && earlier.isIndependent());
  }

  /** Bytes of all operands. */
  long operandBytes() {
    long own = template != null ? template.operand().length : operand == null ? 0 : operand.length;
    return own + (earlier == null ? 0 : earlier.operandBytes());
  }

  /** How many operations there are. */
  int operations() {
    return 1 + (earlier == null ? 0 : earlier.operations());
  }

  /** Whether transactions that have read the key conflict with this write. */
  public boolean isConflicting() {
    return conflicting;
  }

  /**
   * The value before the commit, given what the store holds; a versionstamp is not filled in yet.
   */
  public byte @Nullable [] resolve(byte @Nullable [] stored) {
    return resolve(stored, null);
  }

  /** The value at commit, given what the store holds and the stamp. */
  public byte @Nullable [] resolve(byte @Nullable [] stored, byte @Nullable [] stamp) {
    if (type == null) {
      return operand;
    }
    if (template != null) {
      return stamp == null ? template.operand() : template.fill(stamp);
    }
    byte[] before = earlier == null ? stored : earlier.resolve(stored, stamp);
    return operand == null ? before : AtomicOperation.apply(type, before, operand);
  }
}
