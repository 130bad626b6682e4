package io.caisson.tests.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.examples.nexmark.NexmarkEvent;
import io.caisson.examples.nexmark.NexmarkFeed;
import io.caisson.examples.nexmark.NexmarkGenerator;
import io.caisson.examples.nexmark.NexmarkOptions;
import io.caisson.examples.nexmark.NexmarkQueries;
import io.caisson.tests.Seeds;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each view of Nexmark equals what plain Java makes of the same events, and what its query answers
 * when it is asked once: however the events are cut into batches, in whatever order they come
 * within the watermark, whenever the view was created, and across restarts.
 */
class NexmarkTest {
  private static final int SCENARIOS = 3;

  /** At this rate four seconds, the delay of the watermark, are more than the greatest disorder. */
  private static final int EVENTS_PER_SECOND = 100;

  private static final int[] DISORDERS = {1, 50, 300};
  private static final int[] EVENTS = {20_000, 6_000, 2_000};
  private static final int[] BATCHES = {7_000, 400, 25};

  private static final Map<String, Function<Happened, Stream<String>>> ANSWERS = answers();

  private static Map<String, Function<Happened, Stream<String>>> answers() {
    var answers = new TreeMap<String, Function<Happened, Stream<String>>>();
    answers.put("q0", RowByRowAnswers::q0);
    answers.put("q1", RowByRowAnswers::q1);
    answers.put("q2", RowByRowAnswers::q2);
    answers.put("q3", JoinAnswers::q3);
    answers.put("q4", JoinAnswers::q4);
    answers.put("q5", WindowAnswers::q5);
    answers.put("q6", JoinAnswers::q6);
    answers.put("q7", WindowAnswers::q7);
    answers.put("q8", WindowAnswers::q8);
    answers.put("q9", JoinAnswers::q9);
    answers.put("q10", RowByRowAnswers::q10);
    answers.put("q11", WindowAnswers::q11);
    answers.put("q13", RowByRowAnswers::q13);
    answers.put("q14", RowByRowAnswers::q14);
    answers.put("q15", GroupAnswers::q15);
    answers.put("q16", GroupAnswers::q16);
    answers.put("q17", GroupAnswers::q17);
    answers.put("q18", GroupAnswers::q18);
    answers.put("q19", GroupAnswers::q19);
    answers.put("q20", JoinAnswers::q20);
    answers.put("q21", RowByRowAnswers::q21);
    answers.put("q22", RowByRowAnswers::q22);
    answers.put("q23", JoinAnswers::q23);
    return answers;
  }

  @Test
  void everyQueryHasAnAnswer() {
    assertThat(ANSWERS.keySet()).containsExactlyInAnyOrderElementsOf(NexmarkQueries.names());
  }

  @TestFactory
  Stream<DynamicTest> everyViewEqualsItsQueryInPlainJava() {
    return Seeds.tests(1, SCENARIOS, NexmarkTest::run);
  }

  private static void run(long seed) {
    try (var scenario = new Scenario(seed)) {
      scenario.run();
    }
  }

  private static final class Scenario implements AutoCloseable {
    private final String description;
    private final SplittableRandom random;
    private final int events;
    private final int largestBatch;
    private final NexmarkGenerator generator;
    private final TestStore store = new TestStore();
    private final List<NexmarkEvent> happened = new ArrayList<>();
    private final Set<String> answered = new TreeSet<>();
    private final List<String> missing = new ArrayList<>(ANSWERS.keySet());

    Scenario(long seed) {
      description = Seeds.repeat(seed);
      random = new SplittableRandom(seed);
      int size = Math.floorMod(seed - 1, EVENTS.length);
      events = EVENTS[size];
      largestBatch = BATCHES[size];
      generator =
          new NexmarkGenerator(
              NexmarkOptions.of(seed)
                  .withEventsPerSecond(EVENTS_PER_SECOND)
                  .withDisorder(DISORDERS[random.nextInt(DISORDERS.length)]));
    }

    void run() {
      try (Session session = store.database().session()) {
        NexmarkQueries.run(session, NexmarkQueries.streams());
      }
      create(ANSWERS.size() / 2);
      feed(events / 3);
      create(ANSWERS.size() / 4);
      feed(events / 2);
      check();
      store.reopen();
      feed(events * 3 / 4);
      create(missing.size());
      store.reopen();
      feed(events);
      check();
      assertThat(answered).as("queries with rows").containsAll(ANSWERS.keySet());
    }

    private void create(int views) {
      try (Session session = store.database().session()) {
        for (int i = 0; i < views; i++) {
          String name = missing.remove(random.nextInt(missing.size()));
          NexmarkQueries.run(session, NexmarkQueries.view(name));
        }
      }
    }

    private void feed(int to) {
      try (var feed = new NexmarkFeed(store.database(), generator)) {
        while (happened.size() < to) {
          int from = happened.size();
          int next = Math.min(to, from + 1 + random.nextInt(largestBatch));
          feed.append(from, next);
          for (int position = from; position < next; position++) {
            happened.add(generator.event(position));
          }
        }
      }
    }

    private void check() {
      var all = Happened.of(happened);
      try (Session session = store.database().session()) {
        ANSWERS.forEach(
            (name, answer) -> {
              if (!missing.contains(name)) {
                List<String> expected = answer.apply(all).sorted().toList();
                String what = name + " after " + happened.size() + " events, " + description;
                if (!expected.isEmpty()) {
                  answered.add(name);
                }
                assertThat(rows(session, "SELECT * FROM " + name))
                    .as("view " + what)
                    .isEqualTo(expected);
                assertThat(rows(session, NexmarkQueries.query(name)))
                    .as("query " + what)
                    .isEqualTo(expected);
              }
            });
      }
    }

    private List<String> rows(Session session, String sql) {
      try (Result result = session.execute(sql)) {
        var rows = new ArrayList<String>();
        result.forEach(row -> rows.add(Values.texts(row).toString()));
        rows.sort(null);
        return rows;
      } catch (RuntimeException e) {
        throw new AssertionError(description + "\n" + sql + "\n" + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
