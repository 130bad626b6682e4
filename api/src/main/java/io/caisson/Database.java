package io.caisson;

import io.caisson.error.CaissonException;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A database: streams, tables and views that change together in transactions. Thread-safe. */
public interface Database {
  /** The name. */
  String name();

  /** A new session, to be closed after use. */
  Session session();

  /**
   * Runs a function in a transaction, again and again until it has happened exactly once: a
   * transaction that met another is tried anew. So the function may run several times, and must
   * have no effect but through the transaction that it is given.
   *
   * @param work what to do; what it throws ends the transaction without a trace
   * @return what the function returned in the attempt that was committed
   * @param <T> of what class that is
   * @throws CaissonException 40001 when it meets others all the time or takes longer than five
   *     seconds, 54000 when it changes more than a transaction may, 25P02 when a statement failed
   *     and the function went on; or what its statements throw
   */
  <T extends @Nullable Object> T transact(Function<? super Transaction, T> work);

  /**
   * A table of records without a schema, made where it does not exist.
   *
   * @throws CaissonException 42809 when the name belongs to something else
   */
  RecordTable createTable(String name);

  /**
   * A table of records without a schema.
   *
   * @throws CaissonException 42P01 when there is none of that name, 42809 when the name belongs to
   *     something else
   */
  RecordTable recordTable(String name);

  /**
   * A table that CREATE TABLE made.
   *
   * @throws CaissonException 42P01 when there is no object of the name, 42809 when it is no table
   */
  Table table(String name);

  /**
   * A collection of JSON documents.
   *
   * @throws CaissonException 42P01 when there is none of that name, 42809 when the name belongs to
   *     something else
   */
  DocumentCollection collection(String name);

  /**
   * A collection of JSON documents, made where it does not exist.
   *
   * @throws CaissonException 42809 when the name belongs to something else
   */
  DocumentCollection createCollection(String name);

  /**
   * A bucket of values by key.
   *
   * @throws CaissonException 42P01 when there is none of that name, 42809 when the name belongs to
   *     something else
   */
  Bucket bucket(String name);

  /**
   * A bucket of values by key, made where it does not exist; one that does keeps its options.
   *
   * @throws CaissonException 42809 when the name belongs to something else, 22023 for options that
   *     no bucket has
   */
  Bucket createBucket(String name, BucketOptions options);

  /** A bucket of text by text, made where it does not exist. */
  default Bucket createBucket(String name) {
    return createBucket(name, BucketOptions.text());
  }

  /**
   * Writes rows into a stream exactly once.
   *
   * @param stream the stream's name
   * @param producer who writes; the same name finds its last sequence again after a restart
   * @throws CaissonException 42P01 when there is no such stream
   */
  StreamWriter writer(String stream, String producer);

  /**
   * A stream, to be read from any position.
   *
   * @throws CaissonException 42P01 when there is no such stream
   */
  EventStream stream(String name);

  /**
   * Follows a view, a stream, a table or its like, or reads a subscription that has a name from
   * where it was acknowledged.
   *
   * @param name the name of what is followed
   * @throws CaissonException 42P01 when there is no object of the name, 55000 when the subscription
   *     has expired or changes behind the token are no longer kept, 55006 when somebody reads the
   *     subscription, 22023 for a text that is no token of it
   */
  Subscription subscribe(String name, SubscribeOptions options);

  /** Follows something, beginning with the rows that are there. */
  default Subscription subscribe(String name) {
    return subscribe(name, SubscribeOptions.withSnapshot());
  }

  /**
   * Follows something on a thread of its own. The batches come one by one, each when the one before
   * has been taken in.
   *
   * @param consumer is told what changes
   * @return ends it when it is closed; a call that is under way goes on
   * @throws CaissonException as {@link #subscribe(String, SubscribeOptions)} does
   */
  Closing subscribe(String name, SubscribeOptions options, ChangeConsumer consumer);

  /**
   * Something to be followed by as many as want to, each by itself and on a thread of its own. A
   * batch is read when it was asked for, with {@link Flow.Subscription#request}, and not before.
   * What goes wrong is told to {@link Flow.Subscriber#onError}.
   *
   * @param name the name of what is followed
   */
  Flow.Publisher<ChangeBatch> publisher(String name, SubscribeOptions options);

  /**
   * Acknowledges changes of a subscription, in a transaction of its own. To have them take effect
   * exactly once, do so in the transaction of the effect: {@link Transaction#acknowledge}.
   *
   * @param subscription its name
   * @param token up to where, as it came with the changes
   * @throws CaissonException as {@link Transaction#acknowledge} does
   */
  void acknowledge(String subscription, String token);

  /** Ends something. */
  interface Closing extends AutoCloseable {
    @Override
    void close();
  }
}
