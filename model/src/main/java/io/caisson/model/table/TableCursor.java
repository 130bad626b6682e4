package io.caisson.model.table;

import io.caisson.column.Columns;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Rows that are read chunk by chunk, by one transaction, and go on in another. For one thread. */
public interface TableCursor extends Iterator<Columns> {
  /** Behind which row the next chunk begins. */
  Position position();

  /**
   * A place in a read.
   *
   * @param part the part of the read's keys
   * @param last the last key that was read in it, or null before the first
   * @param left how many rows are left to read
   */
  record Position(int part, byte @Nullable [] last, long left) {
    /** Where a read begins. */
    public static Position start(TableRead read) {
      return new Position(0, null, read.limit() == 0 ? Long.MAX_VALUE : read.limit());
    }
  }
}
