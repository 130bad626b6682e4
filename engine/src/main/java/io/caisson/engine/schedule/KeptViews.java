package io.caisson.engine.schedule;

import io.caisson.engine.view.RunningView;
import io.caisson.engine.view.ViewSnapshot;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The views of a database by number: those that are kept, why others can't be, and those that are
 * kept no longer but may still be read. Under the maintenance lock.
 */
final class KeptViews {
  private final Map<Long, RunningView> views = new TreeMap<>();
  private final Map<Long, CaissonException> refused = new HashMap<>();
  private final Map<Long, RunningView> left = new HashMap<>();

  void add(RunningView view) {
    views.put(view.definition().id(), view);
  }

  /** Puts a view that was opened anew in the place of the one before, if that is still kept. */
  void reopened(RunningView before, RunningView again) {
    if (views.replace(again.definition().id(), before, again)) {
      before.close(new CaissonException(SqlState.CLOSED, "the view is opened anew"));
    }
  }

  void refuse(long view, CaissonException why) {
    refused.put(view, why);
  }

  /** All that are kept, by their numbers. */
  Collection<RunningView> all() {
    return views.values();
  }

  /** Those that are kept and fulfil a condition. */
  List<RunningView> where(Predicate<RunningView> condition) {
    return views.values().stream().filter(condition).toList();
  }

  /** The view of a number, or null where it is not kept. */
  @Nullable RunningView get(long id) {
    return views.get(id);
  }

  /**
   * Views that are kept and have not failed.
   *
   * @throws CaissonException why one of them is not or has
   */
  List<RunningView> find(Collection<Long> ids) {
    var found = new ArrayList<RunningView>();
    for (long id : ids) {
      RunningView view = views.get(id);
      if (view == null) {
        CaissonException why = refused.get(id);
        throw why != null
            ? why
            : new CaissonException(SqlState.UNDEFINED_OBJECT, "the view has been dropped");
      }
      view.throwIfFailed();
      found.add(view);
    }
    return found;
  }

  static FreshViews snapshot(long version, List<RunningView> found) {
    var snapshots = new HashMap<Long, ViewSnapshot>();
    found.forEach(view -> snapshots.put(view.definition().id(), view.snapshot()));
    return new FreshViews(version, snapshots);
  }

  /** Keeps a view no longer; who reads it goes on. */
  void leave(long id, CaissonException why) {
    refused.remove(id);
    RunningView view = views.remove(id);
    if (view != null) {
      view.close(why);
      left.put(id, view);
    }
  }

  /** Whether a view is kept, or somebody still reads it. */
  boolean used(long id) {
    RunningView view = left.get(id);
    if (view != null && !view.read()) {
      left.remove(id);
    }
    return left.containsKey(id) || views.containsKey(id);
  }

  /** Ends all of them. */
  void close() {
    var closed = new CaissonException(SqlState.CLOSED, "the database was closed");
    views.values().forEach(view -> view.close(closed));
  }
}
