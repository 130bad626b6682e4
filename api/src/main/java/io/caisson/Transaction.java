package io.caisson;

import io.caisson.error.CaissonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as the function given to {@link Database#transact} sees it: everything done through
 * it happens together, as if nothing else were going on, or not at all. It sees its own changes.
 * For one thread, and only until the function returns, which holds for the tables, collections,
 * buckets and writers that it hands out too.
 *
 * <p>Statements and calls see each other's changes, and what one of them has read must not change
 * before the commit. One that fails, for a constraint or for what the store says, ends the
 * transaction: after it nothing more can be done. Definitions do not change in a transaction.
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

  /**
   * A table, whose calls are part of the transaction. A scan's rows are in memory when it returns.
   *
   * @throws CaissonException 42P01 when there is no object of the name, 42809 when it is no table
   */
  Table table(String name);

  /**
   * A collection, whose calls are part of the transaction; an index can't be made or dropped.
   *
   * @throws CaissonException 42P01 when there is none of that name, 42809 when the name belongs to
   *     something else
   */
  DocumentCollection collection(String name);

  /**
   * A bucket, whose calls are part of the transaction. What it has read conflicts with writers;
   * {@code put}, {@code delete}, {@code add}, {@code max} and {@code min} read nothing here either.
   * A watch counts from the commit on.
   *
   * @throws CaissonException 42P01 when there is none of that name, 42809 when the name belongs to
   *     something else
   */
  Bucket bucket(String name);

  /**
   * A table of records without a schema, whose calls are part of the transaction.
   *
   * @throws CaissonException 42P01 when there is none of that name, 42809 when the name belongs to
   *     something else
   */
  RecordTable recordTable(String name);

  /**
   * Appends a row to a stream.
   *
   * @param row values by column; null for NULL, as have columns that are not named
   * @throws CaissonException 42P01 when there is no such stream, 42809 for a changelog or something
   *     else; 42703 for an unknown column, 42804 for a value of another type, 23502 for a NULL
   *     where none is allowed
   */
  void append(String stream, Map<String, ? extends @Nullable Object> row);

  /**
   * Acknowledges changes of a subscription: whatever else the transaction does happens together
   * with that, so that each change has its effect once.
   *
   * @param subscription its name
   * @param token up to where, as it came with the changes
   * @throws CaissonException 42704 when there is no such subscription, 22023 for a text that is no
   *     token of it, 55000 when that was acknowledged before or has expired
   */
  void acknowledge(String subscription, String token);

  /**
   * Appends rows to a stream in columnar form, each append at most once: what a producer reads
   * elsewhere, its position there as sequence, and all that follows from it happen together.
   *
   * @param producer who writes; see {@link Database#writer}
   * @throws CaissonException 42P01 when there is no such stream, 42809 for a changelog or something
   *     else
   */
  StreamWriter writer(String stream, String producer);
}
