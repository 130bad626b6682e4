package io.caisson.fdb.embedded;

import com.apple.foundationdb.FDBException;

/**
 * An error with one of FoundationDB's codes. Unlike its parent it knows by itself, without a native
 * library, whether the transaction may be tried again. Immutable.
 */
public class EmbeddedException extends FDBException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode errorCode;

  EmbeddedException(ErrorCode errorCode, String message) {
    super(message, errorCode.code());
    this.errorCode = errorCode;
  }

  /** The code by name. */
  public ErrorCode errorCode() {
    return errorCode;
  }

  @Override
  public boolean isSuccess() {
    return false;
  }

  @Override
  public boolean isRetryable() {
    return errorCode.isRetryable();
  }

  @Override
  public boolean isMaybeCommitted() {
    return errorCode.isMaybeCommitted();
  }

  @Override
  public boolean isRetryableNotCommitted() {
    return errorCode.isRetryableNotCommitted();
  }

  @Override
  public Exception retargetClone() {
    EmbeddedException clone = new EmbeddedException(errorCode, String.valueOf(getMessage()));
    clone.initCause(this);
    return clone;
  }
}
