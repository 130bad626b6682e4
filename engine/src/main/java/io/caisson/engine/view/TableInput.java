package io.caisson.engine.view;

import com.apple.foundationdb.tuple.ByteArrayUtil;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.batch.Batch;
import io.caisson.engine.state.TableProgress;
import io.caisson.model.stream.DeltaLog;
import io.caisson.model.stream.LogBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that a view reads, and up to which key its back-fill has come. For the maintenance
 * thread.
 */
final class TableInput implements ViewInput {
  private final CatalogObject table;
  private final StreamDefinition log;

  private final TableRowForm form;

  /** For each column of the table that is logged its position in the log. */
  private final int[] positions;

  private @Nullable TableProgress progress;

  TableInput(CatalogObject table, TableRowForm form) {
    this.table = table;
    this.form = form;
    this.log = DeltaLog.layout(table);
    int[] order = DeltaLog.order(table);
    positions = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      positions[order[i]] = 1 + i;
    }
  }

  CatalogObject table() {
    return table;
  }

  /** How far the back-fill has come; null before it begins. */
  @Nullable TableProgress progress() {
    return progress;
  }

  /** Takes up a back-fill where it was. */
  void restore(@Nullable TableProgress newProgress) {
    progress = newProgress;
  }

  boolean begun() {
    return progress != null;
  }

  boolean complete() {
    return progress != null && progress.complete();
  }

  /** The next page as a change: its rows come. */
  Batch take(RowPage page) {
    byte[] next = page.next();
    long rows = page.rows().size() + (progress == null ? 0 : progress.rows());
    progress = next == null ? TableProgress.complete(rows) : new TableProgress(next, rows);
    return Batch.insertsOf(page.rows());
  }

  @Override
  public StreamDefinition log() {
    return log;
  }

  @Override
  public Batch batch(LogBlock block) {
    return new Batch(rows(block), weights(block), null);
  }

  /**
   * What a block says about the rows that were read already: the others will be read as they are.
   */
  Batch ofReadRows(LogBlock block) {
    TableProgress read = progress;
    if (read == null || read.complete()) {
      return read == null ? Batch.insertsOf(new Columns(List.of(), 0)) : batch(block);
    }
    Columns rows = rows(block);
    long[] weights = weights(block);
    int[] known = new int[rows.size()];
    long[] knownWeights = new long[rows.size()];
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (ByteArrayUtil.compareUnsigned(form.key(table, rows, row), read.key()) <= 0) {
        knownWeights[count] = weights[row];
        known[count++] = row;
      }
    }
    return new Batch(rows.gather(known, count), knownWeights, null);
  }

  private static long[] weights(LogBlock block) {
    return ((LongColumn) block.column(DeltaLog.WEIGHT)).values();
  }

  private Columns rows(LogBlock block) {
    var columns = new ArrayList<Column>(positions.length);
    for (int position : positions) {
      columns.add(block.column(position));
    }
    return form.logged(table, new Columns(columns, block.rows()));
  }
}
