package io.caisson.tests.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.Change;
import io.caisson.ChangeBatch;
import io.caisson.ChangeConsumer;
import io.caisson.Database;
import io.caisson.Session;
import io.caisson.SubscribeOptions;
import io.caisson.Subscription;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.TestStore;
import io.caisson.tests.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What programs follow without SQL. */
@Timeout(60)
class SubscriptionApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofMillis(300);

  private final TestStore store = new TestStore();
  private final Database database = store.database();
  private final Session session = database.session();

  @BeforeEach
  void create() {
    execute("CREATE STREAM s (k TEXT)");
    execute("CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS n FROM s GROUP BY k");
    execute("INSERT INTO s VALUES ('a')");
  }

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  private void execute(String sql) {
    session.execute(sql).close();
  }

  private static List<String> lines(List<Change> changes) {
    return changes.stream()
        .map(change -> change.weight() + " " + Values.texts(change.row()))
        .sorted()
        .toList();
  }

  /** The next changes up to a token. */
  private static ChangeBatch next(Subscription changes) {
    var group = new ArrayList<Change>();
    while (true) {
      ChangeBatch batch = Objects.requireNonNull(changes.next(PATIENCE));
      group.addAll(batch.changes());
      if (batch.token() != null && !group.isEmpty()) {
        return new ChangeBatch(group, batch.token());
      }
    }
  }

  @Test
  void aSubscriptionIsReadBatchByBatch() {
    try (Subscription changes = database.subscribe("v")) {
      assertThat(changes.columns()).extracting("name").containsExactly("k", "n");
      assertThat(lines(next(changes).changes())).containsExactly("1 [a, 1]");
      assertThat(changes.next(SOON))
          .satisfiesAnyOf(
              batch -> assertThat(batch).isNull(),
              batch -> assertThat(Objects.requireNonNull(batch).changes()).isEmpty());
      execute("INSERT INTO s VALUES ('a')");
      ChangeBatch second = next(changes);
      assertThat(lines(second.changes())).containsExactly("-1 [a, 1]", "1 [a, 2]");
      execute("INSERT INTO s VALUES ('b')");
      try (Subscription again =
          database.subscribe(
              "v", SubscribeOptions.behind(Objects.requireNonNull(second.token())))) {
        assertThat(lines(next(again).changes())).containsExactly("1 [b, 1]");
      }
    }
  }

  @Test
  void largeSnapshotsComeInPieces() {
    execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    execute("INSERT INTO t SELECT n FROM GENERATE_SERIES(1, 10000) AS g (n)");
    try (Subscription changes = database.subscribe("t")) {
      int batches = 0;
      long rows = 0;
      ChangeBatch batch;
      do {
        batch = Objects.requireNonNull(changes.next(PATIENCE));
        rows += batch.changes().size();
        batches++;
      } while (batch.token() == null);
      assertThat(rows).isEqualTo(10_000);
      assertThat(batches).isGreaterThan(9);
    }
  }

  @Test
  void acknowledgedChangesDoNotComeAgain() {
    execute("CREATE SUBSCRIPTION sub FROM v WITH (snapshot)");
    String token;
    try (Subscription changes = database.subscribe("sub")) {
      token = Objects.requireNonNull(next(changes).token());
    }
    database.acknowledge("sub", token);
    execute("INSERT INTO s VALUES ('b')");
    try (Subscription changes = database.subscribe("sub")) {
      assertThat(lines(next(changes).changes())).containsExactly("1 [b, 1]");
    }
  }

  @Test
  void errorsAreThoseOfSubscribe() {
    assertThatThrownBy(() -> database.subscribe("nothing"))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.UNDEFINED_OBJECT);
              assertThat(e.position()).isNull();
            });
    assertThatThrownBy(() -> database.acknowledge("v", "1.2.3"))
        .hasMessageContaining("not a subscription");
  }

  @Test
  @SuppressWarnings("try") // closing it is all that is done with it
  void aConsumerIsToldOneBatchAfterTheOther() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Database.Closing following =
        database.subscribe(
            "v",
            SubscribeOptions.withSnapshot(),
            batch -> lines(batch.changes()).forEach(told::add));
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("1 [a, 1]");
    execute("INSERT INTO s VALUES ('b')");
    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("1 [b, 1]");
    following.close();
    Thread.sleep(300);
    execute("INSERT INTO s VALUES ('c')");
    assertThat(told.poll(500, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  @SuppressWarnings("try") // closing it is all that is done with it
  void aConsumerIsToldWhyItEnds() throws Exception {
    BlockingQueue<CaissonException> ends = new LinkedBlockingQueue<>();
    Database.Closing following =
        database.subscribe(
            "v",
            SubscribeOptions.fromNow(),
            new ChangeConsumer() {
              @Override
              public void changed(ChangeBatch batch) {}

              @Override
              public void ended(CaissonException why) {
                ends.add(why);
              }
            });
    execute("DROP MATERIALIZED VIEW v");
    CaissonException why = Objects.requireNonNull(ends.poll(20, TimeUnit.SECONDS));
    assertThat(why).hasMessageContaining("dropped");
    following.close();
  }

  /** Asks for batches when it is told to. */
  private static final class Slow implements Flow.Subscriber<ChangeBatch> {
    private final BlockingQueue<Flow.Subscription> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<ChangeBatch> batches = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      begun.add(subscription);
    }

    @Override
    public void onNext(ChangeBatch batch) {
      batches.add(batch);
    }

    @Override
    public void onError(Throwable error) {
      errors.add(error);
    }

    @Override
    public void onComplete() {}

    private @Nullable ChangeBatch next(long millis) throws InterruptedException {
      return batches.poll(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void aPublisherGivesNoMoreThanWasAskedFor() throws Exception {
    execute("CREATE SUBSCRIPTION sub FROM v");
    for (int i = 0; i < 5; i++) {
      execute("INSERT INTO s VALUES ('k" + i + "')");
    }
    var slow = new Slow();
    database.publisher("sub", SubscribeOptions.fromNow()).subscribe(slow);
    Flow.Subscription asking = Objects.requireNonNull(slow.begun.poll(20, TimeUnit.SECONDS));
    assertThat(slow.next(300)).isNull();
    asking.request(2);
    assertThat(slow.next(20_000)).isNotNull();
    assertThat(slow.next(20_000)).isNotNull();
    assertThat(slow.next(300)).isNull();
    asking.request(1);
    assertThat(slow.next(20_000)).isNotNull();
    asking.cancel();
    asking.request(5);
    assertThat(slow.next(300)).isNull();
    assertThat(slow.errors).isEmpty();
  }

  @Test
  void aPublisherTellsErrorsToItsSubscribers() throws Exception {
    var slow = new Slow();
    database.publisher("nothing", SubscribeOptions.fromNow()).subscribe(slow);
    assertThat(slow.errors.poll(20, TimeUnit.SECONDS)).hasMessageContaining("does not exist");
    var wrong = new Slow();
    database.publisher("v", SubscribeOptions.fromNow()).subscribe(wrong);
    Objects.requireNonNull(wrong.begun.poll(20, TimeUnit.SECONDS)).request(0);
    assertThat(wrong.errors.poll(20, TimeUnit.SECONDS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
