package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.KeyRanges;

/** A conflict whose keys are to be reported to the transaction that asked for that. */
final class ConflictException extends EmbeddedException {
  private static final long serialVersionUID = 1L;

  private final transient KeyRanges conflicting;

  ConflictException(KeyRanges conflicting) {
    super(ErrorCode.NOT_COMMITTED, ErrorCode.NOT_COMMITTED.message());
    this.conflicting = conflicting;
  }

  /** Which of the ranges that were read have been written since. */
  KeyRanges conflicting() {
    return conflicting;
  }
}
