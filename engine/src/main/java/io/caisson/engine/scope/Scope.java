package io.caisson.engine.scope;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a call of the API does: in a transaction of its own, which is tried again until it has
 * happened, or in one that a program has begun. Collections, buckets and tables of records are
 * written against this alone, so they are the same in both.
 */
public interface Scope {
  /** Changes something; the body may be run several times. */
  <T extends @Nullable Object> T change(Function<? super Transaction, T> body);

  /** Reads at one moment; the body may be run several times. */
  <T extends @Nullable Object> T read(Function<? super ReadTransaction, T> body);

  /** Whether each call is a transaction of its own, so that much is better done in pieces. */
  boolean ownTransactions();
}
