package io.caisson.fdb.embedded.fault;

/** A fault that can be injected. All are legal answers of a FoundationDB cluster. */
public enum FaultKind {
  /** A commit that writes something fails with {@code not_committed} (1020) without a conflict. */
  NOT_COMMITTED,
  /** A commit is done, but answered with {@code commit_unknown_result} (1021). */
  UNKNOWN_RESULT_COMMITTED,
  /** A commit is not done, and answered with {@code commit_unknown_result} (1021). */
  UNKNOWN_RESULT_LOST,
  /** A read or commit fails with {@code transaction_too_old} (1007). */
  TRANSACTION_TOO_OLD,
  /** A read fails with {@code future_version} (1009). */
  FUTURE_VERSION,
  /** A read fails with {@code process_behind} (1037). */
  PROCESS_BEHIND,
  /** A commit fails with {@code commit_proxy_memory_limit_exceeded} (1042). */
  COMMIT_PROXY_FULL,
  /** A read fails with {@code grv_proxy_memory_limit_exceeded} (1078). */
  READ_PROXY_FULL,
  /** A read fails with {@code batch_transaction_throttled} (1051). */
  BATCH_THROTTLED,
  /** A read fails with {@code tag_throttled} (1213). */
  TAG_THROTTLED,
  /** The answer of a read comes later. */
  READ_DELAYED,
  /** A commit begins later. */
  COMMIT_DELAYED,
  /** The disk takes longer for a batch of commits, all of which wait for it. */
  DISK_DELAYED,
  /** A watch fires though its value is what it was. */
  WATCH_FIRED
}
