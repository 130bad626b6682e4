package io.caisson.tests.scenario;

import io.caisson.tests.oracle.RandomQuery;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Random scenarios: tables and streams that change, views over them and over each other that are
 * created, replaced, paused, dropped and created again, restarts, faults of the store and a clock
 * that goes on. For one thread.
 */
final class RandomScenario {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final LocalDateTime BEGIN =
      LocalDateTime.ofInstant(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final List<String> WORDS = List.of("''", "'a'", "'b'", "'ab'", "'B'", "'ä'");
  private static final String COLUMNS =
      "a BIGINT, b BIGINT, s TEXT, x DOUBLE PRECISION, ts TIMESTAMP";
  private static final List<String> TABLES = List.of("t0", "t1");
  private static final List<String> STREAMS = List.of("r", "e", "p");
  private static final int STEPS = 45;
  private static final int VIEWS = 6;
  private static final int IDS = 30;

  private final SplittableRandom random;
  private final List<Step> steps = new ArrayList<>();

  /** The views that are there, with those that each reads. */
  private final Map<String, Set<String>> views = new TreeMap<>();

  /** The views that can be read as relations are, too. */
  private final List<String> relations = new ArrayList<>();

  private int created;
  private int streamed;
  private long seconds;

  private RandomScenario(SplittableRandom random) {
    this.random = random;
  }

  /** A scenario. */
  static Scenario of(SplittableRandom random) {
    return new RandomScenario(random).scenario();
  }

  private Scenario scenario() {
    createRelations();
    for (int i = 0; i < STEPS; i++) {
      step();
    }
    createView();
    for (String view : views.keySet()) {
      act(Step.Act.RESUME, view);
      act(Step.Act.CHECK, view);
    }
    return new Scenario(steps);
  }

  private void createRelations() {
    for (String table : TABLES) {
      relation(table, "TABLE", "(id BIGINT PRIMARY KEY, " + COLUMNS + ")");
    }
    String shards = " WITH (shards = " + (1 + random.nextInt(4));
    relation("r", "STREAM", "(id BIGINT, " + COLUMNS + ")" + shards + ")");
    String idle = random.nextBoolean() ? "" : ", idle_timeout = '1 minute'";
    String partition = random.nextBoolean() ? "" : " PARTITION BY (a)";
    relation(
        "e",
        "STREAM",
        "(id BIGINT, "
            + COLUMNS
            + ", WATERMARK FOR ts AS ts - INTERVAL '"
            + random.nextInt(12)
            + "' SECOND)"
            + partition
            + shards
            + idle
            + ")");
    relation("p", "STREAM", "(id BIGINT, " + COLUMNS + ", at AS PROCTIME())" + shards + ")");
  }

  private void relation(String name, String kind, String rest) {
    steps.add(new Step.Relation(name, "CREATE " + kind + " " + name + " " + rest));
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> rows(one(TABLES));
      case 4, 5, 6, 7 -> rows(one(STREAMS));
      case 8, 9 -> change();
      case 10, 11, 12 -> createView();
      case 13 -> replace();
      case 14 -> drop();
      case 15 -> steps.add(new Step.Restart(random.nextInt(3) == 0 ? faults() : ""));
      case 16 -> pass();
      case 17 -> actOnSome(random.nextBoolean() ? Step.Act.PAUSE : Step.Act.RESUME);
      case 18 -> actOnSome(Step.Act.CHECKPOINT);
      default -> actOnSome(Step.Act.CHECK);
    }
  }

  private String faults() {
    return random.nextInt(1_000) + ",0.001";
  }

  private void pass() {
    long passed = random.nextLong(1, 91);
    seconds += passed;
    steps.add(new Step.Pass(passed));
  }

  private void actOnSome(Step.Act act) {
    if (!views.isEmpty()) {
      act(act, one(List.copyOf(views.keySet())));
    }
  }

  private void act(Step.Act act, String view) {
    steps.add(new Step.OfView(act, view));
  }

  private void rows(String relation) {
    var rows = new ArrayList<String>();
    int count = random.nextInt(5) == 0 ? 40 : 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      long id = TABLES.contains(relation) ? random.nextInt(IDS) : streamed++;
      rows.add("(" + id + ", " + values() + ")");
    }
    steps.add(new Step.Rows(relation, rows));
  }

  private String values() {
    return orNull(String.valueOf(random.nextInt(4)))
        + ", "
        + orNull(String.valueOf(random.nextInt(-3, 10)))
        + ", "
        + orNull(one(WORDS))
        + ", "
        + orNull(String.valueOf(random.nextInt(-8, 9) / 4.0))
        + ", "
        + orNull(time());
  }

  private String orNull(String value) {
    return random.nextInt(6) == 0 ? "NULL" : value;
  }

  /** A time that is near, or now and then one far back. */
  private String time() {
    long back = random.nextInt(12) == 0 ? random.nextInt(300) : random.nextInt(15);
    return "TIMESTAMP '" + TIME.format(BEGIN.plusSeconds(seconds + 20 - back)) + "'";
  }

  private void change() {
    var statements = new ArrayList<String>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      String some = " WHERE MOD(id, " + random.nextInt(2, 7) + ") = " + random.nextInt(3);
      String set = one(List.of("a = a + 1", "b = NULL", "s = 'ab'", "x = b", "ts = NULL", "b = a"));
      statements.add(
          random.nextInt(3) == 0
              ? "DELETE FROM " + one(TABLES) + some
              : "UPDATE " + one(TABLES) + " SET " + set + some);
    }
    steps.add(new Step.Change(statements));
  }

  private void createView() {
    if (views.size() < VIEWS) {
      // A name that was dropped comes again now and then.
      String name = "v" + (random.nextInt(4) == 0 && !views.containsKey("v0") ? 0 : created++);
      if (!views.containsKey(name)) {
        add(view(false, name));
      }
    }
  }

  private void replace() {
    List<String> unread = unread();
    if (!unread.isEmpty()) {
      String name = one(unread);
      act(Step.Act.RESUME, name);
      relations.remove(name);
      add(view(true, name));
    }
  }

  private void drop() {
    List<String> unread = unread();
    if (!unread.isEmpty()) {
      String name = one(unread);
      act(Step.Act.DROP, name);
      relations.remove(name);
      views.remove(name);
    }
  }

  private List<String> unread() {
    var unread = new TreeSet<>(views.keySet());
    views.values().forEach(unread::removeAll);
    return List.copyOf(unread);
  }

  private void add(Step.View view) {
    steps.add(view);
    var read = new TreeSet<String>();
    for (String other : views.keySet()) {
      if (OtherViews.reads(view.query(), other)) {
        read.add(other);
      }
    }
    views.put(view.name(), read);
  }

  private Step.View view(boolean replaces, String name) {
    var keyed = new ArrayList<>(TABLES);
    keyed.addAll(STREAMS);
    if (random.nextInt(3) > 0) {
      var queries = new RandomQuery(random, keyed, weighted(relations));
      boolean readable = random.nextInt(3) > 0;
      String query = readable ? queries.relation() : queries.unordered();
      if (readable) {
        relations.add(name);
      }
      return new Step.View(replaces, name, EnumSet.of(Oracle.QUERY, Oracle.OTHER), "", query);
    }
    var queries = new StreamQueries(random);
    StreamQueries.Query query = queries.next();
    return new Step.View(replaces, name, query.oracles(), query.options(), query.text());
  }

  /** So that views over views over views are common. */
  private static List<String> weighted(List<String> names) {
    var all = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      all.addAll(names);
    }
    return all;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
