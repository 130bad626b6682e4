package io.caisson.engine.session;

import com.apple.foundationdb.ReadTransaction;
import java.util.function.Function;

/** How a statement reads tables: through a transaction of its own, or that of who asks. */
interface TableReads {
  /** Reads a piece; the body may run more than once. */
  <T> T read(Function<ReadTransaction, T> body);
}
