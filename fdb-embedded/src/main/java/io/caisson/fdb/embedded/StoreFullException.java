package io.caisson.fdb.embedded;

/**
 * The disk, a quota or the configured maximum size left no room for a commit. The transaction was
 * not committed, nothing that was acknowledged is lost, and the database goes on answering reads.
 * Not retryable by itself: make room first.
 */
public final class StoreFullException extends EmbeddedException {
  private static final long serialVersionUID = 1L;

  StoreFullException(String message) {
    super(ErrorCode.IO_ERROR, message);
  }

  @Override
  public Exception retargetClone() {
    StoreFullException clone = new StoreFullException(String.valueOf(getMessage()));
    clone.initCause(this);
    return clone;
  }
}
