package io.caisson.engine.schedule;

import io.caisson.catalog.StreamDefinition;
import io.caisson.engine.view.NextPage;
import io.caisson.engine.view.RowPage;
import io.caisson.engine.view.RunningView;
import io.caisson.engine.view.StreamSlice;
import io.caisson.model.stream.LogBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Reads what views lack and lets them take it in, under the maintenance lock. For the maintenance
 * thread.
 */
final class ViewSteps {
  private final InputSource source;
  private final Lock lock;
  private final Condition progressed;

  /**
   * Steps.
   *
   * @param source where inputs are read
   * @param lock guards the views
   * @param progressed is told of each step
   */
  ViewSteps(InputSource source, Lock lock, Condition progressed) {
    this.source = source;
    this.lock = lock;
    this.progressed = progressed;
  }

  long readVersion() {
    return source.readVersion();
  }

  /**
   * A log from a version on, as some views know it: one that is older than a column does not see
   * it, and one that was back-filled later begins later.
   */
  private record Part(long log, int width, long after) {
    static Part of(StreamDefinition log, long after) {
      return new Part(log.id(), log.columns().size(), after);
    }
  }

  /**
   * Brings views that have come equally far as near to a version as the budget of a step allows.
   *
   * @return how far they have come now
   */
  long step(long frontier, long limit, List<RunningView> group) {
    if (limit <= frontier) {
      return frontier;
    }
    var slices = new HashMap<Part, StreamSlice>();
    long through = limit;
    for (RunningView view : group) {
      through = Math.min(through, view.followers().stepLimit());
      List<StreamDefinition> logs = view.logs();
      for (int i = 0; i < logs.size(); i++) {
        through = Math.min(through, slice(slices, logs.get(i), view.through(i), limit).through());
      }
    }
    lock.lock();
    try {
      for (RunningView view : group) {
        if (view.active()) {
          var gained = new ArrayList<List<LogBlock>>();
          List<StreamDefinition> logs = view.logs();
          for (int i = 0; i < logs.size(); i++) {
            StreamSlice slice = slice(slices, logs.get(i), view.through(i), limit);
            gained.add(slice.upTo(through).blocks());
          }
          view.step(gained, through);
        }
      }
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
    return through;
  }

  private StreamSlice slice(
      Map<Part, StreamSlice> slices, StreamDefinition log, long after, long limit) {
    return after >= limit
        ? new StreamSlice(List.of(), limit)
        : slices.computeIfAbsent(Part.of(log, after), part -> source.read(log, after, limit));
  }

  /**
   * Lets a new view take in a page of a table, or, where much was written meanwhile, some of what
   * is between its last page and this one.
   */
  void backfill(RunningView view) {
    NextPage next = view.nextPage().orElseThrow();
    RowPage page = next.page() != null ? next.page() : source.page(next.table(), next.after());
    List<StreamDefinition> logs = view.logs();
    var slices = new HashMap<Integer, StreamSlice>();
    long through = page.version();
    for (int i = 0; i < logs.size(); i++) {
      if (view.begun(i) && view.through(i) < page.version()) {
        StreamSlice slice = source.read(logs.get(i), view.through(i), page.version());
        slices.put(i, slice);
        through = Math.min(through, slice.through());
      }
    }
    var gained = new ArrayList<List<LogBlock>>();
    for (int i = 0; i < logs.size(); i++) {
      StreamSlice slice = slices.get(i);
      gained.add(slice == null ? List.of() : slice.upTo(through).blocks());
    }
    lock.lock();
    try {
      if (view.active()) {
        view.backfill(gained, through, page);
      }
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
