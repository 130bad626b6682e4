package io.caisson.engine.subscription;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.column.Columns;
import io.caisson.engine.schedule.FollowedViews;
import io.caisson.engine.schedule.Maintenance;
import io.caisson.engine.schedule.ViewKeeper;
import io.caisson.engine.view.ViewSnapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.StreamLog;
import io.caisson.model.subscription.Cursor;
import io.caisson.model.subscription.SubscriptionStore;
import io.caisson.model.transaction.TransactionRunner;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Begins to follow views, streams and subscriptions. Thread-safe. */
public final class Following {
  private final Parts parts;

  /**
   * What it works with.
   *
   * @param incarnation which life of the database this is
   * @param runner runs transactions
   * @param store the subscriptions
   * @param active those that are being read
   * @param views keeps the views
   * @param streamLog watches streams
   * @param begin begins a transaction
   */
  public record Parts(
      long incarnation,
      TransactionRunner runner,
      SubscriptionStore store,
      ActiveSubscriptions active,
      ViewKeeper views,
      StreamLog streamLog,
      Supplier<Transaction> begin) {}

  /**
   * How to follow.
   *
   * @param snapshot whether what is there already comes first; of a subscription that is known
   * @param token behind which token it begins, or null where it does not go on
   * @param cancelled ends it with 57014
   */
  public record Request(boolean snapshot, @Nullable String token, BooleanSupplier cancelled) {}

  /** Follows what is in a database. */
  public Following(Parts parts) {
    this.parts = parts;
  }

  /** A view as it was when it began to be followed. */
  private record Begin(ViewSnapshot snapshot, long version, ChangeFeed feed) {}

  /** The token of a version of a view or stream. */
  public Token token(CatalogObject source, long version) {
    return new Token(parts.incarnation(), source.id(), version);
  }

  /** The version of a token of a view or stream. */
  public long version(String token, CatalogObject source) {
    return Token.parse(token, parts.incarnation(), source).version();
  }

  /** What a subscription follows. */
  public static CatalogObject source(SubscriptionDefinition subscription, Catalog catalog) {
    return catalog
        .find(subscription.source())
        .orElseThrow(
            () ->
                new CaissonException(
                    SqlState.UNDEFINED_OBJECT,
                    "what subscription \"" + subscription.name() + "\" follows was dropped"));
  }

  /**
   * Follows a view, what belongs to one, or a stream.
   *
   * @throws CaissonException WRONG_OBJECT_TYPE for anything else; NOT_IN_PREREQUISITE_STATE where
   *     changes behind the token are not there
   */
  public ChangeSource follow(CatalogObject target, Request request) {
    if (target instanceof StreamDefinition stream) {
      return stream(stream, null, request, begin(stream, request));
    }
    if (!(target instanceof ViewDefinition) && !(target instanceof ViewPart)) {
      throw new CaissonException(
          SqlState.WRONG_OBJECT_TYPE,
          "\"" + target.name() + "\" is a " + target.kind() + " and cannot be followed");
    }
    String text = request.token();
    if (text == null) {
      return live(target, request);
    }
    long version = version(text, target);
    ChangeSource again = liveBehind(target, version, request);
    return again != null ? again : logged(target, version, request);
  }

  private long begin(StreamDefinition stream, Request request) {
    String text = request.token();
    if (text == null) {
      return request.snapshot()
          ? -1
          : parts.runner().read(transaction -> transaction.getReadVersion().join());
    }
    long version = version(text, stream);
    return kept(stream, version);
  }

  private long kept(CatalogObject source, long version) {
    return parts
        .runner()
        .read(
            transaction -> {
              parts.store().checkKept(transaction.snapshot(), source, version);
              return version;
            });
  }

  private ChangeSource stream(
      StreamDefinition stream,
      @Nullable SubscriptionDefinition subscription,
      Request request,
      long after) {
    var wait = new StreamWait(stream, parts.streamLog(), parts.begin(), request.cancelled());
    return new LoggedChanges(
        new LoggedChanges.Parts(parts.runner(), parts.store(), wait), stream, subscription, after);
  }

  private ChangeSource live(CatalogObject target, Request request) {
    Maintenance maintenance = parts.views().maintenance();
    long now = parts.runner().read(transaction -> transaction.getReadVersion().join());
    Begin begin =
        maintenance.follow(
            target.id(),
            now,
            request.cancelled(),
            view -> {
              var feed = new ChangeFeed();
              view.followers().add(feed);
              return new Begin(view.snapshot(), view.frontier(), feed);
            });
    ViewSnapshot snapshot = begin.snapshot();
    ViewSnapshot.Part part = snapshot.of(target);
    Iterator<Columns> rows =
        request.snapshot() ? part.scan(List.of()) : Collections.emptyIterator();
    return new LiveChanges(
        target,
        part.codec(),
        new LiveChanges.Start(rows, begin.version(), begin.feed()),
        () -> {
          maintenance.unfollow(target.id(), begin.feed());
          snapshot.close();
        });
  }

  /** From what is remembered of a view's last steps; null where that is not enough. */
  private @Nullable ChangeSource liveBehind(CatalogObject target, long version, Request request) {
    Maintenance maintenance = parts.views().maintenance();
    var feed = new ChangeFeed();
    Optional<ViewSnapshot> snapshot =
        maintenance.follow(
            target.id(),
            version,
            request.cancelled(),
            view ->
                view.followers().addBehind(version, feed)
                    ? Optional.of(view.snapshot())
                    : Optional.empty());
    if (snapshot.isEmpty()) {
      return null;
    }
    ViewSnapshot.Part part = snapshot.get().of(target);
    snapshot.get().close();
    return new LiveChanges(
        target,
        part.codec(),
        new LiveChanges.Start(Collections.emptyIterator(), version, feed),
        () -> maintenance.unfollow(target.id(), feed));
  }

  private ChangeSource logged(CatalogObject target, long version, Request request) {
    FollowedViews followed = parts.views().maintenance().control().followed();
    if (!(target instanceof ViewDefinition view) || !followed.logged(view.id())) {
      throw new CaissonException(
              SqlState.NOT_IN_PREREQUISITE_STATE,
              "changes of \"" + target.name() + "\" since then are no longer kept")
          .withHint(
              "Begin with a snapshot: leave out AS OF. CREATE SUBSCRIPTION keeps changes until they"
                  + " are acknowledged.");
    }
    long unused = followed.complete(view.id());
    return view(view, null, request, kept(view, version));
  }

  private ChangeSource view(
      ViewDefinition view,
      @Nullable SubscriptionDefinition subscription,
      Request request,
      long after) {
    FollowedViews followed = parts.views().maintenance().control().followed();
    LoggedChanges.LogWait wait =
        (behind, time) -> {
          boolean unused = followed.await(view.id(), behind, time, request.cancelled());
        };
    return new LoggedChanges(
        new LoggedChanges.Parts(parts.runner(), parts.store(), wait), view, subscription, after);
  }

  /**
   * Reads a subscription from its cursor, or from a token.
   *
   * @throws CaissonException OBJECT_IN_USE, if somebody reads it; NOT_IN_PREREQUISITE_STATE, if it
   *     has expired
   */
  public ChangeSource read(
      SubscriptionDefinition subscription, CatalogObject source, Request request) {
    parts.active().enter(subscription);
    boolean reading = false;
    try {
      var opened =
          new OwnedChanges(
              opened(subscription, source, request), () -> parts.active().leave(subscription));
      reading = true;
      return opened;
    } finally {
      if (!reading) {
        parts.active().leave(subscription);
      }
    }
  }

  private ChangeSource opened(
      SubscriptionDefinition subscription, CatalogObject source, Request request) {
    Cursor cursor =
        parts
            .runner()
            .read(
                transaction -> {
                  parts.store().checkLive(transaction, subscription, source);
                  return parts.store().cursor(transaction, subscription);
                });
    String text = request.token();
    long after =
        text != null
            ? kept(source, version(text, source))
            : cursor.snapshot() ? -1 : cursor.version();
    if (source instanceof StreamDefinition stream) {
      if (after < 0) {
        beginSnapshot(subscription, 0);
      }
      return stream(stream, subscription, request, after);
    }
    var view = (ViewDefinition) source;
    return after < 0
        ? snapshot(view, subscription, request)
        : view(view, subscription, request, after);
  }

  private long beginSnapshot(SubscriptionDefinition subscription, long version) {
    return parts
        .runner()
        .run(
            transaction -> {
              parts.store().beginSnapshot(transaction, subscription, version);
              return version;
            });
  }

  private ChangeSource snapshot(
      ViewDefinition view, SubscriptionDefinition subscription, Request request) {
    Maintenance maintenance = parts.views().maintenance();
    long now = parts.runner().read(transaction -> transaction.getReadVersion().join());
    Begin begin =
        maintenance.follow(
            view.id(),
            now,
            request.cancelled(),
            running -> new Begin(running.snapshot(), running.frontier(), new ChangeFeed()));
    ViewSnapshot snapshot = begin.snapshot();
    try {
      // Only what is logged may be acknowledged: the snapshot's version must be a place in the log.
      long unused = maintenance.control().followed().complete(view.id());
      long version = beginSnapshot(subscription, begin.version());
      return new SnapshotChanges(
          snapshot.of(view).scan(List.of()),
          version,
          view(view, subscription, request, version),
          snapshot::close);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }
}
