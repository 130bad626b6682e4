package io.caisson.engine.subscription;

import io.caisson.column.Columns;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The rows of a snapshot, and then what comes behind it. For one thread. */
final class SnapshotChanges implements ChangeSource {
  private final Iterator<Columns> snapshot;
  private final long version;
  private final ChangeSource behind;
  private final Runnable release;
  private boolean begun;

  /**
   * A snapshot and changes behind it.
   *
   * @param version as of which version the snapshot is
   * @param release releases the snapshot; called once
   */
  SnapshotChanges(Iterator<Columns> snapshot, long version, ChangeSource behind, Runnable release) {
    this.snapshot = snapshot;
    this.version = version;
    this.behind = behind;
    this.release = release;
  }

  @Override
  public @Nullable ChangePiece next(Duration wait) {
    if (begun) {
      return behind.next(wait);
    }
    if (snapshot.hasNext()) {
      return ChangePiece.ofSnapshot(version, snapshot.next());
    }
    begun = true;
    release.run();
    return ChangePiece.end(version);
  }

  @Override
  public void close() {
    if (!begun) {
      begun = true;
      release.run();
    }
    behind.close();
  }
}
