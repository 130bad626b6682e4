package io.caisson.engine.view;

import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.operator.StepOutput;
import io.caisson.engine.state.LoggedStep;
import io.caisson.engine.state.StepWriter;
import io.caisson.error.CaissonException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Who follows a view: those that listen to each step, and the log of its steps, where there are
 * subscriptions that have a name.
 *
 * <pre>
 *   checkpoint     logged      frontier
 *   ─────┼───────────┼────────────┼──▶     steps up to "logged" are in the store,
 *        ■■■■■■■■■■■■│□□□□□□□□□□□□         those behind it in memory
 * </pre>
 *
 * Subscriptions are handed what is logged and nothing else. After a crash a view goes on at its
 * checkpoint, and has to stop at "logged": what it changes up to there was written down before, and
 * who has come that far can go on. Under the maintenance lock, except where a method says
 * otherwise.
 */
public final class ViewFollowers {
  /** A frontier that moved by this much alone, about ten seconds, is worth being logged. */
  private static final long IDLE_VERSIONS = 10_000_000L;

  private final List<ChangeListener> listeners = new ArrayList<>();
  private final List<StepHistory.Step> unlogged = new ArrayList<>();
  private final StepHistory history;
  private final RowCodec codec;
  private long unloggedBytes;
  private long frontier;
  private long logged;
  private boolean begun;
  private int readers;
  private @Nullable StepWriter writer;

  ViewFollowers(long frontier, RowCodec codec) {
    this.frontier = frontier;
    this.codec = codec;
    this.history = new StepHistory(frontier);
  }

  /** Calls a listener for each step from now on. */
  public void add(ChangeListener listener) {
    listeners.add(listener);
  }

  /**
   * Calls a listener for each step behind a version, and from now on; does nothing where these
   * steps are not remembered one by one.
   *
   * @return whether it does
   */
  public boolean addBehind(long version, ChangeListener listener) {
    return history
        .since(version)
        .map(
            steps -> {
              steps.forEach(step -> listener.changed(step.through(), step.change()));
              listeners.add(listener);
              return true;
            })
        .orElse(false);
  }

  /** Calls a listener no longer. */
  public void remove(ChangeListener listener) {
    listeners.remove(listener);
  }

  /** Goes on with the log of a view that was opened: it is complete up to a version. */
  public void resumeLog(StepWriter newWriter, long complete) {
    writer = newWriter;
    logged = complete;
    begun = true;
  }

  /** Logs each step from now on, unless that is done already. */
  public void beginLog(StepWriter newWriter) {
    if (writer == null) {
      writer = newWriter;
      logged = frontier;
      begun = false;
    }
  }

  /** Logs steps no longer. */
  public void endLog() {
    writer = null;
    unlogged.clear();
    unloggedBytes = 0;
  }

  /** Whether steps are logged. */
  public boolean logging() {
    return writer != null;
  }

  /** Up to which version steps are in the store; -1 where they are not logged. */
  public long logged() {
    return writer != null && begun ? logged : -1;
  }

  /** Somebody waits for the log, which is then written after every step. */
  public void addReader() {
    readers++;
  }

  /** Somebody waits for the log no longer. */
  public void removeReader() {
    readers--;
  }

  /** Whether somebody waits for what is not logged yet. */
  public boolean logIsWanted() {
    return writer != null
        && readers > 0
        && (!unlogged.isEmpty() || !begun || frontier - logged > IDLE_VERSIONS);
  }

  /** How many bytes of memory the steps take that are not logged yet, about. */
  long memoryBytes() {
    return unloggedBytes;
  }

  /** Where a step must end that would go further: somebody may have come as far as that. */
  public long stepLimit() {
    return writer != null && frontier < logged ? logged : Long.MAX_VALUE;
  }

  /** The view has come to a version. */
  void stepped(long through, StepOutput change) {
    var step = new StepHistory.Step(frontier, through, change);
    frontier = through;
    history.add(step);
    if (writer != null && through > logged && !change.rows().isEmpty()) {
      unlogged.add(step);
      unloggedBytes += step.bytes();
    }
    for (ChangeListener listener : List.copyOf(listeners)) {
      listener.changed(through, change);
    }
  }

  /** No more changes will come. */
  void end(CaissonException why) {
    listeners.forEach(listener -> listener.ended(why));
    listeners.clear();
  }

  /**
   * Writes down the steps that are not yet. Called without the lock, by one thread at a time.
   *
   * @param lock the maintenance lock
   */
  public void writeLog(Lock lock) {
    StepWriter log;
    List<StepHistory.Step> steps;
    long through;
    long begin;
    boolean anew;
    lock.lock();
    try {
      log = writer;
      if (log == null || (begun && frontier <= logged)) {
        return;
      }
      steps = List.copyOf(unlogged);
      through = frontier;
      begin = logged;
      anew = !begun;
    } finally {
      lock.unlock();
    }
    if (anew) {
      log.begin(begin);
    }
    log.write(steps.stream().map(this::encoded).toList(), through);
    lock.lock();
    try {
      if (log.equals(writer)) {
        logged = through;
        begun = true;
        unlogged.subList(0, steps.size()).clear();
        unloggedBytes = unlogged.stream().mapToLong(StepHistory.Step::bytes).sum();
      }
    } finally {
      lock.unlock();
    }
  }

  private LoggedStep encoded(StepHistory.Step step) {
    SortedRows change = step.change().rows();
    Columns rows = codec.decode(change);
    long[] weights = new long[rows.size()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = change.weight(row);
    }
    return new LoggedStep(step.after(), step.through(), rows, weights);
  }
}
