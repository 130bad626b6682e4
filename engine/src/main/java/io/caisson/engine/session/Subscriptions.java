package io.caisson.engine.session;

import io.caisson.ChangeBatch;
import io.caisson.ChangeConsumer;
import io.caisson.Database;
import io.caisson.SubscribeOptions;
import io.caisson.Subscription;
import io.caisson.catalog.Catalog;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.transaction.StoreErrors;
import io.caisson.sql.ParsedStatement;
import io.caisson.sql.Statement;
import java.util.concurrent.Flow;
import java.util.function.LongFunction;

/** What programs follow without SQL. Thread-safe. */
public final class Subscriptions {
  private final SessionServices services;

  /** Subscriptions to what a database holds. */
  public Subscriptions(SessionServices services) {
    this.services = services;
  }

  /** Follows something. */
  public Subscription open(String name, SubscribeOptions options) {
    return open(name, options, new Cancellation());
  }

  private OpenSubscription open(String name, SubscribeOptions options, Cancellation cancellation) {
    String after = options.after();
    String how =
        after == null
            ? " WITH (SNAPSHOT = " + options.snapshot() + ")"
            : " AS OF '" + after.replace("'", "''") + "'";
    try {
      ParsedStatement parsed =
          services.sql().parse("SUBSCRIBE TO " + DefinitionText.quoted(name) + how).get(0);
      Catalog catalog = services.runner().read(services.catalog()::read);
      Statement statement = services.sql().prepare(parsed, catalog);
      SubscribeStatement.Opened opened =
          new SubscribeStatement(services, catalog, cancellation).open(statement);
      LongFunction<String> tokens =
          version ->
              services.subscriptions().following().token(opened.source(), version).toString();
      return new OpenSubscription(
          opened.changes(), opened.source().columns(), tokens, cancellation);
    } catch (CaissonException e) {
      // The place of an error is one in a text that nobody has written.
      throw e.withPosition(null);
    }
  }

  /** Follows something on a thread of its own. */
  public Database.Closing follow(String name, SubscribeOptions options, ChangeConsumer consumer) {
    var cancellation = new Cancellation();
    OpenSubscription subscription = open(name, options, cancellation);
    var told = new Told(consumer);
    var follower = new Follower(() -> subscription, cancellation, told);
    told.onSubscribe(follower);
    follower.start(name);
    return follower::cancel;
  }

  /** Something to be followed by as many as want to. */
  public Flow.Publisher<ChangeBatch> publisher(String name, SubscribeOptions options) {
    return subscriber -> {
      var cancellation = new Cancellation();
      var follower =
          new Follower(() -> open(name, options, cancellation), cancellation, subscriber);
      subscriber.onSubscribe(follower);
      follower.start(name);
    };
  }

  /** Acknowledges changes in a transaction of its own. */
  public void acknowledge(String subscription, String token) {
    try (var session = new EngineSession(services)) {
      session
          .execute("ACKNOWLEDGE " + DefinitionText.quoted(subscription) + " UP TO ?", token)
          .close();
    }
  }

  /** A consumer as a subscriber that asks for one batch after the other. */
  private static final class Told implements Flow.Subscriber<ChangeBatch> {
    private final ChangeConsumer consumer;
    private Flow.@org.jspecify.annotations.Nullable Subscription asked;

    Told(ChangeConsumer consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      asked = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(ChangeBatch batch) {
      consumer.changed(batch);
      Flow.Subscription more = asked;
      if (more != null) {
        more.request(1);
      }
    }

    @Override
    public void onError(Throwable error) {
      RuntimeException known =
          StoreErrors.translate(
              error instanceof RuntimeException e ? e : new IllegalStateException(error));
      consumer.ended(
          known instanceof CaissonException why
              ? why
              : new CaissonException(
                  SqlState.INTERNAL_ERROR, "the consumer of changes failed: " + known, known));
    }

    @Override
    public void onComplete() {
      // What is followed has no end.
    }
  }
}
