package io.caisson.tests.scenario;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.tests.Statements;
import io.caisson.tests.oracle.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Compares a view with its oracles. For one thread. */
final class ViewCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Session session;
  private final OtherViews other;
  private final Step.View view;

  ViewCheck(Session session, OtherViews other, Step.View view) {
    this.session = session;
    this.other = other;
    this.view = view;
  }

  /** The first difference. */
  Optional<Outcome.Failure> failure() {
    for (Oracle oracle : Oracle.values()) {
      if (view.oracles().contains(oracle) && oracle != Oracle.SOON) {
        Optional<Outcome.Failure> failure = failure(oracle);
        if (failure.isPresent()) {
          return failure;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Outcome.Failure> failure(Oracle oracle) {
    return switch (oracle) {
      case QUERY -> compared("query", this::found, () -> rows(view.query()));
      case OTHER ->
          other
              .rows(view.query())
              .flatMap(expected -> compared("other", this::foundPlain, () -> expected));
      case IN_TIME -> compared("in-time", this::found, () -> rows(inTime()));
      case AGAIN -> again();
      case SOON -> Optional.empty();
    };
  }

  private List<String> found() {
    return rows("SELECT * FROM " + view.name());
  }

  private List<String> rows(String sql) {
    return Statements.rows(session, sql);
  }

  private List<String> foundPlain() {
    var rows = new ArrayList<String>();
    try (Result result = session.execute("SELECT * FROM " + view.name())) {
      for (Row row : result) {
        var values = new ArrayList<String>();
        for (int i = 0; i < row.size(); i++) {
          values.add(Answers.text(row.get(i)));
        }
        rows.add(String.join(" | ", values));
      }
    }
    rows.sort(null);
    return rows;
  }

  private String inTime() {
    return "WITH in_time AS (SELECT * FROM e WHERE id NOT IN (SELECT id FROM "
        + view.name()
        + "$late)) "
        + view.query().replaceAll("\\be,", "in_time,");
  }

  /** History is taken in at once, after the fact. */
  private Optional<Outcome.Failure> again() {
    String twin = view.name() + "_again";
    Statements.run(session, view.sql(twin).replaceFirst("CREATE OR REPLACE", "CREATE"));
    try {
      Optional<Outcome.Failure> rows =
          compared("again", this::found, () -> rows("SELECT * FROM " + twin));
      return rows.isPresent()
          ? rows
          : compared(
              "late again",
              () -> rows("SELECT * FROM " + view.name() + "$late"),
              () -> rows("SELECT * FROM " + twin + "$late"));
    } finally {
      Statements.run(session, "DROP MATERIALIZED VIEW " + twin);
    }
  }

  private Optional<Outcome.Failure> compared(
      String oracle, Supplier<List<String>> of, Supplier<List<String>> as) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> expected = as.get();
    List<String> found = of.get();
    while (!found.equals(expected)
        && view.oracles().contains(Oracle.SOON)
        && System.nanoTime() < end) {
      sleep();
      expected = as.get();
      found = of.get();
    }
    if (found.equals(expected)) {
      return Optional.empty();
    }
    return Optional.of(
        new Outcome.Failure(
            "differs from " + oracle,
            view.name() + ": " + view.query(),
            List.of("found    " + found, "expected " + expected)));
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
