package io.caisson.engine.schedule;

import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.state.ViewMemory;
import io.caisson.engine.view.ChangeListener;
import io.caisson.engine.view.RunningView;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all views of a database up to date, on one thread; a second one writes {@link Checkpoints}.
 *
 * <p>A round takes a store version V and brings every view from its frontier to V, or as near as
 * the byte budget of a step allows. Views with the same frontier go together and arrive together,
 * so that a statement over several views finds them at one version. A view that is behind (it is
 * new, or was restored) follows in steps of its own until its frontier meets the others'. A view
 * that reads tables which held rows before it takes these in first, a page a round.
 *
 * <pre>
 *   frontiers   F = {a, b}           V      one step for a and b: (F, V]
 *   ────────────┼────────────────────┼──▶
 *      f = {c}  │                           one step for c: (f, F]
 * </pre>
 *
 * <p>Thread-safe. The lock guards views while they change; the store is read and written without
 * it.
 */
public final class Maintenance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
  private static final long CANCEL_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long it waits for its inputs to gain something, before it looks by itself. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ViewSteps steps;
  private final Checkpoints checkpoints;
  private final BackfillPace pace;
  private final ViewControl control;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progressed = lock.newCondition();
  private final Condition wanted = lock.newCondition();
  private final KeptViews views = new KeptViews();
  private final Replacements replacements;
  private final ViewIndexing indexing;
  private final Function<ViewDefinition, RunningView> reopen;
  private final Thread thread;
  private long wantedVersion;
  private boolean tailMoved = true;
  private boolean behind;
  private boolean closing;
  private @Nullable CaissonException trouble;

  /**
   * Maintenance that has not started.
   *
   * @param name the database's name
   * @param source where the views' inputs are read
   * @param reopen opens a view anew from its last checkpoint
   * @param catalog notes what has become of views
   * @param memory what views may take
   * @param clock the time
   */
  public Maintenance(
      String name,
      InputSource source,
      Function<ViewDefinition, RunningView> reopen,
      ViewCatalog catalog,
      ViewMemory.Share memory,
      Clock clock) {
    steps = new ViewSteps(source, lock, progressed);
    this.reopen = reopen;
    pace = new BackfillPace(clock);
    checkpoints = new Checkpoints(name, lock, progressed, views, memory, clock);
    control = new ViewControl(this, lock, progressed, views, checkpoints, clock);
    replacements = new Replacements(catalog, views, checkpoints, lock);
    indexing = new ViewIndexing(catalog, views, checkpoints, lock);
    thread = new Thread(this::run, "caisson-views-" + name);
    thread.setDaemon(true);
  }

  /** Starts the threads. */
  public void start() {
    thread.start();
    checkpoints.start();
  }

  /** Keeps another view from now on. */
  public void add(RunningView view) {
    lock.lock();
    try {
      views.add(view);
      tailMoved = true;
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a view can't be kept; statements that read it get the error. */
  public void refuse(ViewDefinition view, CaissonException error) {
    lock.lock();
    try {
      views.refuse(view.id(), error);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a view, and what was to replace it, no longer; what waits for it ends with an error. */
  public void remove(long viewId) {
    remove(v -> v.id() == viewId || v.settings().replaces() == viewId);
  }

  /** Keeps views no longer that had the name of one that is new. */
  void removeOthers(ViewDefinition view) {
    remove(v -> v.id() != view.id() && v.name().equals(view.name()));
  }

  private void remove(Predicate<ViewDefinition> condition) {
    var dropped = new CaissonException(SqlState.UNDEFINED_OBJECT, "the view was dropped");
    checkpoints.between(
        () ->
            views.where(view -> condition.test(view.definition())).stream()
                .map(view -> view.definition().id())
                .forEach(id -> views.leave(id, dropped)));
  }

  /** What people do to views beside reading them. */
  public ViewControl control() {
    return control;
  }

  /** Says that a stream has new rows. */
  public void tailMoved() {
    lock.lock();
    try {
      tailMoved = true;
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until views have taken in everything up to a version.
   *
   * @param viewIds which views, at least one
   * @param version the store version
   * @param cancelled ends the wait with 57014
   * @return the views at one version, not before the one asked for; to be closed
   */
  public FreshViews awaitFresh(Collection<Long> viewIds, long version, BooleanSupplier cancelled) {
    lock.lock();
    try {
      want(version);
      while (true) {
        List<RunningView> found = views.find(viewIds);
        PausedViews.check(found, version);
        long frontier = found.get(0).frontier();
        boolean together =
            found.stream().allMatch(view -> view.readable() && view.frontier() == frontier);
        if (together && frontier >= version) {
          return KeptViews.snapshot(frontier, found);
        }
        awaitProgress(cancelled);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits as {@link #awaitFresh} does for one view and then, before the view changes again, runs an
   * action on it: to read and to follow it without a gap.
   */
  public <T> T follow(
      long viewId, long version, BooleanSupplier cancelled, Function<RunningView, T> action) {
    lock.lock();
    try {
      want(version);
      while (true) {
        RunningView view = views.find(List.of(viewId)).get(0);
        PausedViews.check(List.of(view), version);
        if (view.readable() && view.frontier() >= version) {
          return action.apply(view);
        }
        awaitProgress(cancelled);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Follows a view no longer. */
  public void unfollow(long viewId, ChangeListener listener) {
    lock.lock();
    try {
      RunningView view = views.get(viewId);
      if (view != null) {
        view.followers().remove(listener);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has the views brought up to a version; under the lock. */
  void want(long version) {
    wantedVersion = Math.max(wantedVersion, version);
    wanted.signalAll();
  }

  /** Waits a moment for a step, under the lock; fails where there is no use in it. */
  @SuppressWarnings("WaitNotInLoop") // its callers loop over what they wait for
  void awaitProgress(BooleanSupplier cancelled) {
    if (closing) {
      throw new CaissonException(SqlState.CLOSED, "the database was closed");
    }
    if (trouble != null) {
      throw trouble;
    }
    if (cancelled.getAsBoolean()) {
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "canceling statement due to user request");
    }
    try {
      progressed.awaitNanos(CANCEL_CHECK_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "interrupted while waiting for a view", e);
    }
  }

  private void run() {
    while (awaitWork()) {
      try {
        reopenBroken();
        round();
        replacements.run();
        control.followed().write();
        if (indexing.run()) {
          tailMoved();
        }
        checkpoints.stepped();
        setTrouble(null);
      } catch (CaissonException e) {
        LOG.warn("keeping the views stopped for a moment: {}", e.getMessage());
        setTrouble(e);
        pause();
      } catch (RuntimeException e) {
        // Whoever waits for a view must not wait for a thread that is gone.
        LOG.error("keeping the views failed, and is tried again", e);
        setTrouble(internal(e));
        pause();
      } catch (OutOfMemoryError e) {
        LOG.error("there was not enough memory to keep the views, which is tried again", e);
        setTrouble(outOfMemory(e));
        pause();
      }
    }
  }

  /** The error of those who read views for which there was not enough memory. */
  static CaissonException outOfMemory(OutOfMemoryError cause) {
    return new CaissonException(
            SqlState.OUT_OF_MEMORY,
            "there is not enough memory to keep the materialized views",
            cause)
        .withHint(
            "Give the process a larger heap (-Xmx), or its views less of it (CaissonOptions).");
  }

  /** The error that something went wrong that nobody thought of. */
  static CaissonException internal(RuntimeException cause) {
    return new CaissonException(
        SqlState.INTERNAL_ERROR, "a materialized view can't be kept: " + cause, cause);
  }

  private boolean awaitWork() {
    lock.lock();
    try {
      while (!closing && !tailMoved && !behind && wantedVersion <= leastFrontier()) {
        long wait = Math.min(LONGEST_WAIT_NANOS, pace.untilDue(views));
        if (wanted.awaitNanos(Math.max(1, wait)) <= 0) {
          tailMoved = true;
        }
      }
      return !closing;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private long leastFrontier() {
    return views.all().stream()
        .filter(view -> view.active() && !view.backfilling() && pace.due(view))
        .mapToLong(RunningView::frontier)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  @SuppressWarnings("WaitNotInLoop") // waking early only tries again early
  private void pause() {
    lock.lock();
    try {
      if (!closing) {
        wanted.awaitNanos(LONGEST_WAIT_NANOS);
      }
      tailMoved = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void setTrouble(@Nullable CaissonException newTrouble) {
    lock.lock();
    try {
      trouble = newTrouble;
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A view that the store failed in the middle of a step starts again from its last checkpoint. */
  private void reopenBroken() {
    List<RunningView> broken;
    lock.lock();
    try {
      broken = views.where(RunningView::broken);
    } finally {
      lock.unlock();
    }
    for (RunningView view : broken) {
      RunningView again = checkpoints.open(() -> reopen.apply(view.definition()));
      lock.lock();
      try {
        views.reopened(view, again);
      } finally {
        lock.unlock();
      }
    }
  }

  private void round() {
    List<RunningView> filling = backfilling();
    filling.forEach(steps::backfill);
    NavigableMap<Long, List<RunningView>> groups = takeGroups();
    if (groups.isEmpty()) {
      setBehind(!filling.isEmpty());
      return;
    }
    long target = steps.readVersion();
    long front = groups.lastKey();
    boolean more = false;
    for (var group : groups.entrySet()) {
      long limit = group.getKey() < front ? front : Math.max(front, target);
      more |= steps.step(group.getKey(), limit, group.getValue()) < limit;
    }
    setBehind(more || groups.size() > 1 || !filling.isEmpty());
    noteCaughtUp(target);
  }

  private void noteCaughtUp(long target) {
    lock.lock();
    try {
      views.all().forEach(view -> view.noteCaughtUp(target));
    } finally {
      lock.unlock();
    }
  }

  private void setBehind(boolean isBehind) {
    lock.lock();
    try {
      behind = isBehind;
    } finally {
      lock.unlock();
    }
  }

  private List<RunningView> backfilling() {
    lock.lock();
    try {
      return views.where(view -> view.active() && view.backfilling() && pace.due(view));
    } finally {
      lock.unlock();
    }
  }

  private NavigableMap<Long, List<RunningView>> takeGroups() {
    lock.lock();
    try {
      tailMoved = false;
      behind = false;
      var groups = new TreeMap<Long, List<RunningView>>();
      for (RunningView view : views.all()) {
        if (view.active() && !view.backfilling() && pace.due(view)) {
          groups.computeIfAbsent(view.frontier(), f -> new ArrayList<>()).add(view);
        }
      }
      return groups;
    } finally {
      lock.unlock();
    }
  }

  /** Stops the threads after a last checkpoint. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      wanted.signalAll();
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
    checkpoints.close();
    awaitEnd(thread);
    checkpoints.writeLast();
    views.close();
  }

  /** Waits until a thread has ended that was told to; an interruption is kept for later. */
  static void awaitEnd(Thread ended) {
    boolean interrupted = false;
    while (ended.isAlive()) {
      try {
        ended.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
