package io.caisson.engine.table;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.model.table.NumberStore;
import io.caisson.model.transaction.TransactionRunner;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers for identity columns. A process takes them from the store a block at a time, in a
 * transaction of their own, so that rows that are inserted together do not meet at one key; what is
 * left of a block when the process ends is never used. Thread-safe.
 */
public final class NumberBlocks {
  private static final int BLOCK = 100;

  private final NumberStore store;
  private final TransactionRunner runner;
  private final Map<Key, Block> blocks = new HashMap<>();

  /** Numbers of a database. */
  public NumberBlocks(NumberStore store, TransactionRunner runner) {
    this.store = store;
    this.runner = runner;
  }

  private record Key(long table, int column) {}

  private record Block(long next, long end) {}

  /** Draws numbers; they follow each other. */
  synchronized long[] draw(TableDefinition table, ColumnDefinition column, int count) {
    var key = new Key(table.id(), column.id());
    long[] numbers = new long[count];
    Block block = blocks.getOrDefault(key, new Block(0, 0));
    for (int i = 0; i < count; i++) {
      if (block.next() == block.end()) {
        int size = Math.max(BLOCK, count - i);
        long first =
            runner.run(transaction -> store.reserve(transaction, key.table(), key.column(), size));
        block = new Block(first, first + size);
      }
      numbers[i] = block.next();
      block = new Block(block.next() + 1, block.end());
    }
    blocks.put(key, block);
    return numbers;
  }
}
