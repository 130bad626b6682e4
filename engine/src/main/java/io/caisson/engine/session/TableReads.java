package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import java.util.List;
import java.util.function.Function;

/** How a statement reads: through a transaction of its own, or one that has written too. */
interface TableReads {
  /** Reads a piece; the body may run more than once. */
  <T> T read(Function<ReadTransaction, T> body);

  /** What the transaction itself has appended to a stream. */
  default List<Columns> appended(StreamDefinition stream) {
    return List.of();
  }
}
