package io.caisson.engine.schedule;

import io.caisson.engine.view.RunningView;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.List;

/** Says whether views that are paused can be read. Stateless. */
final class PausedViews {
  private PausedViews() {}

  /**
   * A view that is paused is read as it is, if that is enough and it can be read with the others.
   *
   * @param views the views that a statement reads, under the maintenance lock
   * @param version the store version that they must have come to
   * @throws CaissonException NOT_IN_PREREQUISITE_STATE where waiting would not help
   */
  static void check(List<RunningView> views, long version) {
    for (RunningView view : views) {
      if (!view.paused()) {
        continue;
      }
      String name = "materialized view \"" + view.definition().name() + "\"";
      if (!view.readable()) {
        throw paused(name + " was paused before it could be read", "RESUME it.");
      }
      if (view.frontier() < version) {
        throw paused(
            name + " is paused",
            "RESUME it, or SET freshness = 'none' to read it as it was when it was paused.");
      }
      if (views.stream().anyMatch(other -> other.frontier() > view.frontier())) {
        throw paused(
            name + " is paused, and older than the others that are read with it",
            "RESUME it, or read it in a statement of its own.");
      }
    }
  }

  private static CaissonException paused(String what, String hint) {
    return new CaissonException(SqlState.NOT_IN_PREREQUISITE_STATE, what).withHint(hint);
  }
}
