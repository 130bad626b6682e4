package io.caisson;

import io.caisson.error.CaissonException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as the function given to {@link Database#transact} sees it: everything done through
 * it happens together, as if nothing else were going on, or not at all. It sees its own changes.
 * For one thread, and only until the function returns.
 *
 * <p>A transaction may take five seconds and change ten megabytes.
 */
public interface Transaction {
  /**
   * Runs one statement. Rows of a query are in memory when this returns.
   *
   * @param sql the statement; it is planned once for all transactions
   * @param parameters a value for each {@code ?}, or for {@code $1}, {@code $2} and so on
   * @throws CaissonException whatever is wrong with the statement, after which the transaction can
   *     do nothing more; 40001 where it met another, after which the function is run again; 2D000
   *     for COMMIT and ROLLBACK, which are not the function's to do
   */
  Result execute(String sql, @Nullable Object... parameters);
}
