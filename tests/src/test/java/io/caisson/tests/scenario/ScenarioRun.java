package io.caisson.tests.scenario;

import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.testkit.ManualClock;
import io.caisson.tests.Statements;
import io.caisson.tests.TestStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Runs a scenario on a database of its own, beside another database, with a clock that stands still
 * between its steps. What is done with a view that is not there, because its query was refused or
 * its step was taken out, is passed over. For one thread.
 */
final class ScenarioRun implements AutoCloseable {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final Pattern VIEW = Pattern.compile("\\bv\\d+\\b");

  private final ManualClock clock = new ManualClock(BEGIN);
  private final TestStore store = new TestStore(clock);
  private final OtherViews other;
  private final Map<String, Step.View> views = new LinkedHashMap<>();
  private final Set<String> paused = new TreeSet<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private Session session = store.database().session();
  private int checks;

  private ScenarioRun(OtherViews other) {
    this.other = other;
  }

  /** Runs a scenario. */
  static Outcome run(Scenario scenario) {
    return run(scenario, OtherViews.ofOtherDatabase());
  }

  /** Runs a scenario beside another database, which is closed. */
  static Outcome run(Scenario scenario, OtherViews other) {
    try (other;
        var run = new ScenarioRun(other)) {
      Optional<Outcome.Failure> failure = Optional.empty();
      for (int i = 0; failure.isEmpty() && i < scenario.steps().size(); i++) {
        failure = run.tried(scenario.steps().get(i));
      }
      return new Outcome(failure, run.refused, run.checks);
    }
  }

  private Optional<Outcome.Failure> tried(Step step) {
    try {
      return done(step);
    } catch (CaissonException e) {
      return Optional.of(
          new Outcome.Failure(
              "error " + e.state().code() + " " + e.getMessage(), step.toString(), List.of()));
    } catch (RuntimeException | Error e) {
      return Optional.of(
          new Outcome.Failure("error " + e.getClass().getName(), e + "\n" + step, List.of()));
    }
  }

  private Optional<Outcome.Failure> done(Step step) {
    if (step instanceof Step.Relation relation) {
      Statements.run(session, relation.sql());
      other.create(relation);
    } else if (step instanceof Step.Rows rows) {
      change(List.of(insert(rows)));
      other.insert(rows);
    } else if (step instanceof Step.Change change) {
      change(change.statements());
      change.statements().forEach(other::run);
    } else if (step instanceof Step.View view) {
      create(view);
    } else if (step instanceof Step.Restart restart) {
      restart(restart.faults());
    } else if (step instanceof Step.Pass pass) {
      clock.set(clock.instant().plusSeconds(pass.seconds()));
    } else if (step instanceof Step.OfView of) {
      Step.View view = views.get(of.view());
      return view == null ? Optional.empty() : act(of.act(), view);
    }
    return Optional.empty();
  }

  /** Exactly once, whatever the store's faults. */
  private void change(List<String> statements) {
    var unused =
        store
            .database()
            .transact(
                transaction -> {
                  statements.forEach(sql -> transaction.execute(sql).close());
                  return statements;
                });
  }

  private static String insert(Step.Rows rows) {
    return "INSERT INTO "
        + rows.relation()
        + " ("
        + OtherViews.COLUMN_NAMES
        + ") VALUES "
        + String.join(", ", rows.rows())
        + (rows.relation().startsWith("t") ? " ON CONFLICT DO NOTHING" : "");
  }

  private void create(Step.View view) {
    boolean possible =
        (!view.replaces() || views.containsKey(view.name()))
            && VIEW.matcher(view.query())
                .results()
                .allMatch(read -> views.containsKey(read.group()));
    if (!possible) {
      return;
    }
    try {
      Statements.run(session, view.sql(view.name()));
    } catch (CaissonException e) {
      if (e.state() != SqlState.FEATURE_NOT_SUPPORTED) {
        throw e;
      }
      refused.put(view.query(), String.valueOf(e.getMessage()));
      return;
    }
    views.put(view.name(), view);
    paused.remove(view.name());
    if (view.oracles().contains(Oracle.OTHER)) {
      other.create(view);
    }
  }

  private void restart(String faults) {
    session.close();
    if (faults.isEmpty()) {
      store.reopen();
    } else {
      store.reopenWithFaults(faults);
    }
    session = store.database().session();
  }

  private Optional<Outcome.Failure> act(Step.Act act, Step.View view) {
    boolean isPaused = paused.contains(view.name());
    switch (act) {
      case DROP -> drop(view);
      case PAUSE -> alter(view.name(), true);
      case RESUME -> alter(view.name(), false);
      case CHECKPOINT -> {
        alter(view.name(), true);
        alter(view.name(), isPaused);
      }
      case CHECK -> {
        boolean readable =
            !isPaused && paused.stream().noneMatch(it -> OtherViews.reads(view.query(), it));
        return readable ? check(view) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private void drop(Step.View view) {
    Statements.run(session, "DROP MATERIALIZED VIEW " + view.name());
    other.drop(view.name());
    views.remove(view.name());
    paused.remove(view.name());
  }

  private void alter(String view, boolean pause) {
    if (paused.contains(view) != pause) {
      Statements.run(session, "ALTER MATERIALIZED VIEW " + view + (pause ? " PAUSE" : " RESUME"));
      if (pause) {
        paused.add(view);
      } else {
        paused.remove(view);
      }
    }
  }

  private Optional<Outcome.Failure> check(Step.View view) {
    checks++;
    return new ViewCheck(session, other, view).failure();
  }

  @Override
  public void close() {
    session.close();
    store.close();
  }
}
