package io.caisson.engine.schedule;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ClockStream;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.state.StepWriter;
import io.caisson.engine.state.ViewState;
import io.caisson.engine.state.ViewStore;
import io.caisson.engine.view.CompiledPlan;
import io.caisson.engine.view.RunningView;
import io.caisson.error.CaissonException;
import io.caisson.model.stream.StreamLog;
import io.caisson.plan.Plan;
import io.caisson.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the views of a database in this process: opens them all the first time that one is needed,
 * adds and removes them as they are created and dropped, and wakes {@link Maintenance} when a
 * stream that they read gains rows. Thread-safe.
 */
public final class ViewKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ViewKeeper.class);

  private final Parts parts;
  private final Maintenance maintenance;
  private final Set<Long> watched = new HashSet<>();

  /**
   * Of its own: the store's threads must be free to complete what the maintenance thread waits for.
   */
  private final ExecutorService watcher;

  private boolean started;
  private volatile boolean closed;

  /**
   * What a keeper works with.
   *
   * @param name the database's name
   * @param database the store
   * @param executor runs what watches set off
   * @param streamLog the streams to watch
   * @param source where the views' inputs are read
   * @param store where views keep their state
   * @param planner plans views
   * @param catalog reads the catalog as it is now
   * @param views notes in the catalog what has become of views
   * @param ticks records what time it is for the views that ask
   * @param clock the time
   */
  public record Parts(
      String name,
      Database database,
      Executor executor,
      StreamLog streamLog,
      InputSource source,
      ViewStore store,
      ViewPlanner planner,
      Supplier<Catalog> catalog,
      ViewCatalog views,
      ClockTicks ticks,
      Clock clock) {}

  /** A keeper that keeps nothing yet. */
  public ViewKeeper(Parts parts) {
    this.parts = parts;
    watcher =
        Executors.newSingleThreadExecutor(
            task -> {
              var thread = new Thread(task, "caisson-watch-" + parts.name());
              thread.setDaemon(true);
              return thread;
            });
    maintenance =
        new Maintenance(
            parts.name(),
            parts.source(),
            this::reopen,
            parts.views(),
            parts.store().memory(),
            parts.clock());
  }

  /** The maintenance of all views of the catalog; the first call starts it. */
  public synchronized Maintenance maintenance() {
    if (!started) {
      started = true;
      Catalog catalog = parts.catalog().get();
      for (CatalogObject object : catalog.objects().values()) {
        if (object instanceof ViewDefinition view) {
          open(view, catalog);
        }
      }
      maintenance.start();
    }
    return maintenance;
  }

  /** Keeps a view that has just been created, unless it was found in the catalog before that. */
  public synchronized void created(ViewDefinition view, Plan plan) {
    if (started && maintenance.control().used(view.id())) {
      return;
    }
    if (started) {
      try {
        keep(view, plan);
      } catch (RuntimeException e) {
        throw refused(view, e);
      }
    } else {
      var unused = maintenance();
    }
  }

  /**
   * Gives up a view that was dropped; a checkpoint of it that is under way finds its manifest gone.
   */
  public synchronized void dropped(long viewId) {
    if (started) {
      maintenance.remove(viewId);
    }
    parts.ticks().unfollow(viewId);
  }

  /** Clears what is left in the store of views that were dropped and that nobody reads. */
  public void sweep() {
    parts.store().sweep(view -> !maintenance.control().used(view));
  }

  private void open(ViewDefinition view, Catalog catalog) {
    try {
      keep(view, parts.planner().plan(view, catalog));
    } catch (RuntimeException e) {
      LOG.warn("materialized view {} is not kept", view.name(), refused(view, e));
    }
  }

  private CaissonException refused(ViewDefinition view, RuntimeException cause) {
    CaissonException why =
        cause instanceof CaissonException known ? known : Maintenance.internal(cause);
    maintenance.refuse(view, why);
    return why;
  }

  private void keep(ViewDefinition view, Plan plan) {
    RunningView running = running(view, plan);
    if (running.logs().contains(ClockStream.DEFINITION)) {
      parts.ticks().follow(view.id());
    }
    running.logs().forEach(this::watch);
    maintenance.removeOthers(view);
    maintenance.add(running);
  }

  private RunningView running(ViewDefinition view, Plan plan) {
    CompiledPlan compiled = CompiledPlan.of(plan);
    var running =
        new RunningView(
            view,
            compiled,
            ViewState.open(parts.store(), view.id(), compiled.fingerprint()),
            parts.source());
    if (!parts.catalog().get().subscriptionsTo(view.id()).isEmpty()) {
      var writer = new StepWriter(parts.store(), view);
      running.followers().resumeLog(writer, writer.open(running.frontier()));
    }
    return running;
  }

  /**
   * Has the steps of a view logged, unless they are.
   *
   * @param version what is committed up to this store version is not in the log
   * @param cancelled ends the wait for the view with 57014
   * @return up to which version the log is complete; changes behind it are in it, or will be
   */
  public long log(ViewDefinition view, long version, BooleanSupplier cancelled) {
    var writer = new StepWriter(parts.store(), view);
    return maintenance().control().followed().log(view.id(), version, cancelled, writer);
  }

  /** Has the steps of a view logged no longer, where no subscription follows it any more. */
  public void endLog(long viewId) {
    if (parts.catalog().get().subscriptionsTo(viewId).isEmpty()) {
      maintenance().control().followed().endLog(viewId);
    }
  }

  private RunningView reopen(ViewDefinition view) {
    return running(view, parts.planner().plan(view, parts.catalog().get()));
  }

  private void watch(StreamDefinition stream) {
    if (watched.add(stream.id())) {
      arm(stream);
    }
  }

  /** Arms before it wakes, so that nothing that is appended in between goes unnoticed. */
  private void arm(StreamDefinition stream) {
    if (closed) {
      return;
    }
    try (Transaction transaction = parts.database().createTransaction(parts.executor())) {
      CompletableFuture<Void> fired = parts.streamLog().watch(transaction, stream);
      transaction.commit().join();
      var unused = fired.whenCompleteAsync((nothing, error) -> fired(stream, error), watcher);
    } catch (CompletionException | com.apple.foundationdb.FDBException e) {
      LOG.debug("watch on stream {} failed; polling goes on", stream.name(), e);
    }
    maintenance.tailMoved();
  }

  private void fired(StreamDefinition stream, @Nullable Throwable error) {
    if (error == null) {
      arm(stream);
    } else {
      synchronized (this) {
        watched.remove(stream.id());
      }
    }
  }

  /** Stops the maintenance after a last checkpoint. */
  @Override
  public void close() {
    closed = true;
    parts.ticks().close();
    watcher.shutdown();
    boolean running;
    synchronized (this) {
      running = started;
    }
    if (running) {
      maintenance.close();
    }
  }
}
