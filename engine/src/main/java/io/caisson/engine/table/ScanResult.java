package io.caisson.engine.table;

import com.apple.foundationdb.FDBException;
import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.column.Columns;
import io.caisson.model.transaction.StoreErrors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;

/** Rows of a scan, read while they are asked for. For one thread. */
final class ScanResult implements Result {
  private final List<ResultColumn> columns;
  private final Iterator<Columns> pieces;
  private final RowReader reader;
  private final Runnable release;
  private Columns piece = new Columns(List.of(), 0);
  private int next;
  private boolean released;

  /** Makes a row of columns. */
  interface RowReader {
    Row row(Columns rows, int row);
  }

  ScanResult(
      List<ResultColumn> columns, Iterator<Columns> pieces, RowReader reader, Runnable release) {
    this.columns = columns;
    this.pieces = pieces;
    this.reader = reader;
    this.release = release;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public String command() {
    return "SELECT";
  }

  @Override
  public Iterator<Row> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return advance();
      }

      @Override
      public Row next() {
        if (!advance()) {
          throw new NoSuchElementException();
        }
        return reader.row(piece, next++);
      }
    };
  }

  private boolean advance() {
    try {
      while (!released && next >= piece.size()) {
        if (!pieces.hasNext()) {
          close();
          return false;
        }
        piece = pieces.next();
        next = 0;
      }
      return !released;
    } catch (CompletionException | FDBException e) {
      close();
      throw StoreErrors.translate(e);
    }
  }

  @Override
  public List<Row> toList() {
    try (this) {
      var rows = new ArrayList<Row>();
      iterator().forEachRemaining(rows::add);
      return rows;
    }
  }

  @Override
  public void close() {
    if (!released) {
      released = true;
      release.run();
    }
  }
}
