package io.caisson.engine.subscription;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ErrorRowsDefinition;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.operator.StepOutput;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a view gains and loses, as it does: the rows of a snapshot, then each step, from memory. For
 * one thread.
 */
final class LiveChanges implements ChangeSource {
  private final CatalogObject target;
  private final RowCodec codec;
  private final Start start;
  private final Runnable release;
  private boolean begun;

  /**
   * Where it begins.
   *
   * @param snapshot the rows that are there; none where they are not wanted
   * @param version as of which version
   * @param feed each step behind that
   */
  record Start(Iterator<Columns> snapshot, long version, ChangeFeed feed) {}

  /**
   * Changes of a view, or of what belongs to it.
   *
   * @param target whose
   * @param codec how rows are encoded
   * @param start where it begins
   * @param release called once at the end
   */
  LiveChanges(CatalogObject target, RowCodec codec, Start start, Runnable release) {
    this.target = target;
    this.codec = codec;
    this.start = start;
    this.release = release;
  }

  @Override
  public @Nullable ChangePiece next(Duration wait) {
    if (begun) {
      return step(wait);
    }
    if (start.snapshot().hasNext()) {
      return ChangePiece.ofSnapshot(start.version(), start.snapshot().next());
    }
    begun = true;
    return ChangePiece.end(start.version());
  }

  private @Nullable ChangePiece step(Duration wait) {
    try {
      ChangeFeed.Step step = start.feed().poll(wait);
      if (step == null) {
        return null;
      }
      SortedRows change = of(step.change());
      Columns rows = codec.decode(change);
      long[] weights = new long[rows.size()];
      for (int row = 0; row < weights.length; row++) {
        weights[row] = change.weight(row);
      }
      return new ChangePiece(step.version(), rows, weights, false, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "interrupted while waiting for changes", e);
    }
  }

  private SortedRows of(StepOutput change) {
    if (target instanceof LateRowsDefinition) {
      return change.late();
    }
    return target instanceof ErrorRowsDefinition ? change.errors() : change.rows();
  }

  @Override
  public void close() {
    release.run();
  }
}
