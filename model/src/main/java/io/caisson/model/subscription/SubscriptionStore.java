package io.caisson.model.subscription;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.stream.LogPage;
import io.caisson.model.stream.LogPosition;
import io.caisson.model.stream.LogReader;
import io.caisson.model.stream.StepLog;

/**
 * Subscriptions in the store: what they have still to read lies in a log, that of a stream or that
 * of a view's steps, and their cursor says up to where it was acknowledged. A subscription has
 * expired when something behind its cursor is gone from the log. Thread-safe.
 *
 * <pre>
 *          removed       cursor           end
 *   log  ▒▒▒▒▒▒▒│■■■■■■■■■■■│■■■■■■■■■■■■■■│        removed ≤ cursor: nothing is lost
 * </pre>
 */
public final class SubscriptionStore {
  private final CursorStore cursors;
  private final LogReader reader;
  private final StepLog steps;

  /** The subscriptions of a database. */
  public SubscriptionStore(DatabaseKeyspace keyspace) {
    cursors = new CursorStore(keyspace);
    reader = new LogReader(keyspace);
    steps = new StepLog(keyspace);
  }

  /** The log that holds what something gains and loses. */
  public static StreamDefinition log(CatalogObject source) {
    return source instanceof ViewDefinition view ? StepLog.layout(view) : (StreamDefinition) source;
  }

  /** Up to which version all changes are in the log. */
  public long end(ReadTransaction transaction, CatalogObject source) {
    return source instanceof ViewDefinition
        ? cursors.logged(transaction, source.id()).orElse(-1)
        : transaction.getReadVersion().join();
  }

  /** The version behind which nothing is gone from the log. */
  public long begin(ReadTransaction transaction, CatalogObject source) {
    LogPosition removed = reader.removedThrough(transaction, log(source));
    return Math.max(0, removed.version());
  }

  /** About how many bytes of a log lie behind a version. */
  public long bytesBehind(ReadTransaction transaction, CatalogObject source, long version) {
    return steps.bytesBehind(transaction, log(source), version);
  }

  /** Sets a cursor, whatever it was. */
  public void reset(Transaction transaction, SubscriptionDefinition subscription, Cursor cursor) {
    cursors.write(transaction, subscription.id(), cursor);
  }

  /**
   * The cursor of a subscription.
   *
   * @throws CaissonException NOT_IN_PREREQUISITE_STATE, if the database has moved to another store
   */
  public Cursor cursor(ReadTransaction transaction, SubscriptionDefinition subscription) {
    return cursors
        .read(transaction, subscription.id())
        .orElseThrow(
            () ->
                new CaissonException(
                        SqlState.NOT_IN_PREREQUISITE_STATE,
                        "subscription \""
                            + subscription.name()
                            + "\" is gone, or of another life of the database")
                    .withHint(resetHint(subscription)));
  }

  /** Whether changes are gone that were not acknowledged. */
  public boolean expired(
      ReadTransaction transaction, SubscriptionDefinition subscription, CatalogObject source) {
    return expired(transaction, cursor(transaction, subscription), source);
  }

  private boolean expired(ReadTransaction transaction, Cursor cursor, CatalogObject source) {
    return !cursor.snapshot() && goneBehind(transaction, cursor.version(), source);
  }

  private boolean goneBehind(ReadTransaction transaction, long version, CatalogObject source) {
    LogPosition removed = reader.removedThrough(transaction, log(source));
    return removed.compareTo(LogPosition.endOf(version)) > 0;
  }

  /**
   * Fails where a subscription has expired.
   *
   * @throws CaissonException NOT_IN_PREREQUISITE_STATE
   */
  public void checkLive(
      ReadTransaction transaction, SubscriptionDefinition subscription, CatalogObject source) {
    if (expired(transaction, subscription, source)) {
      throw new CaissonException(
              SqlState.NOT_IN_PREREQUISITE_STATE,
              "subscription \""
                  + subscription.name()
                  + "\" has expired: changes that it had not acknowledged are no longer kept")
          .withHint(resetHint(subscription));
    }
  }

  private static String resetHint(SubscriptionDefinition subscription) {
    return "ALTER SUBSCRIPTION "
        + subscription.name()
        + " RESET begins anew; TO SNAPSHOT with the rows that are there.";
  }

  /**
   * Fails where changes behind a version are not there.
   *
   * @throws CaissonException NOT_IN_PREREQUISITE_STATE, if some are gone, or it is of the future
   */
  public void checkKept(ReadTransaction transaction, CatalogObject source, long version) {
    if (goneBehind(transaction, version, source)) {
      throw new CaissonException(
              SqlState.NOT_IN_PREREQUISITE_STATE,
              "changes of \"" + source.name() + "\" since then are no longer kept")
          .withHint("Begin with a snapshot: leave out AS OF, or RESET TO SNAPSHOT.");
    }
    checkReached(transaction, source, version);
  }

  private void checkReached(ReadTransaction transaction, CatalogObject source, long version) {
    if (version > end(transaction, source)) {
      throw new CaissonException(
              SqlState.NOT_IN_PREREQUISITE_STATE,
              "\"" + source.name() + "\" has not come as far as the token")
          .withHint("Tokens come with changes that were read; they are not made up.");
    }
  }

  /**
   * Moves a cursor forward. It conflicts with whoever does so at the same time.
   *
   * @param version up to which version all changes have had their effect
   * @throws CaissonException NOT_IN_PREREQUISITE_STATE, if it was acknowledged before, has expired,
   *     or was not read yet
   */
  public void acknowledge(
      Transaction transaction,
      SubscriptionDefinition subscription,
      CatalogObject source,
      long version) {
    Cursor cursor = cursor(transaction, subscription);
    checkLive(transaction, subscription, source);
    boolean behind = cursor.snapshot() ? version < cursor.version() : version <= cursor.version();
    if (behind) {
      boolean unread = cursor.equals(Cursor.FRESH);
      throw new CaissonException(
              SqlState.NOT_IN_PREREQUISITE_STATE,
              "subscription \""
                  + subscription.name()
                  + (unread
                      ? "\" was not read since it began"
                      : cursor.snapshot()
                          ? "\" began with a newer snapshot meanwhile"
                          : "\" is acknowledged as far as that already"))
          .withHint(
              "Undo what was done for these changes, and SUBSCRIBE TO "
                  + subscription.name()
                  + ".");
    }
    checkReached(transaction.snapshot(), source, version);
    cursors.write(transaction, subscription.id(), Cursor.at(version));
  }

  /**
   * Notes that a snapshot is being read, so that the changes behind it are kept meanwhile.
   *
   * @param version the snapshot's version
   */
  public void beginSnapshot(
      Transaction transaction, SubscriptionDefinition subscription, long version) {
    if (cursor(transaction, subscription).snapshot()) {
      cursors.write(transaction, subscription.id(), Cursor.reading(version));
    }
  }

  /**
   * Reads a piece of what a source gained and lost.
   *
   * @param after the position up to which it was read before
   * @param bytes about how many bytes of blocks
   */
  public LogPage read(
      ReadTransaction transaction, CatalogObject source, LogPosition after, int bytes) {
    return reader.read(transaction, log(source), after, end(transaction, source), bytes);
  }
}
