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

  /** Whether the value depends on the commit version and so cannot be read before. */
  public boolean isUnreadable() {
    return template != null || (earlier != null && earlier.isUnreadable());
  }

  /** Whether transactions that have read the key conflict with this write. */
  public boolean isConflicting() {
    return conflicting;
  }

  /** The value of a readable write, given what the store holds. */
  public byte @Nullable [] resolve(byte @Nullable [] stored) {
    return resolve(stored, null);
  }

  /** The value at commit. */
  public byte @Nullable [] resolve(byte @Nullable [] stored, byte @Nullable [] stamp) {
    if (type == null) {
      return operand;
    }
    if (template != null) {
      if (stamp == null) {
        throw new IllegalStateException("The value is complete only at commit");
      }
      return template.fill(stamp);
    }
    byte[] before = earlier == null ? stored : earlier.resolve(stored, stamp);
    return operand == null ? before : AtomicOperation.apply(type, before, operand);
  }
}
