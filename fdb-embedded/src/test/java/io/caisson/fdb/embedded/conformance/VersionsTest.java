package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Transaction;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Read versions and commit versions. */
final class VersionsTest extends ConformanceTest {
  private long now() {
    return database().read(transaction -> transaction.getReadVersion().join());
  }

  @Test
  void readVersionStaysTheSame() {
    Transaction transaction = begin();
    long version = transaction.getReadVersion().join();
    assertThat(version).isPositive();
    put("a", "1");
    assertThat(transaction.getReadVersion().join()).isEqualTo(version);
    assertThat(transaction.snapshot().getReadVersion().join()).isEqualTo(version);
  }

  @Test
  void readVersionIsNotBelowAnyEarlierCommit() {
    for (int i = 0; i < 30; i++) {
      Transaction transaction = begin();
      transaction.set(key("a"), bytes("1"));
      transaction.commit().join();
      assertThat(now()).isGreaterThanOrEqualTo(transaction.getCommittedVersion());
    }
  }

  @Test
  void commitVersionLiesAboveTheReadVersion() {
    Transaction transaction = begin();
    long version = transaction.getReadVersion().join();
    transaction.set(key("a"), bytes("1"));
    assertThat(transaction.getCommittedVersion()).as("before the commit").isEqualTo(-1);
    transaction.commit().join();
    assertThat(transaction.getCommittedVersion()).isGreaterThan(version);
  }

  @Test
  void versionsGrowByAboutAMillionASecond() throws Exception {
    long first = now();
    long started = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(1_500);
    put("a", "1");
    long grown = now() - first;
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started);
    assertThat(grown).isBetween(micros / 3, 3 * micros + 5_000_000);
  }

  @Test
  void setReadVersionReadsThatVersion() {
    put("a", "1");
    long version = now();
    put("a", "2");
    put("b", "2");
    Transaction transaction = begin();
    transaction.setReadVersion(version);
    assertThat(transaction.getReadVersion().join()).isEqualTo(version);
    assertThat(get(transaction, "a")).isEqualTo("1");
    assertThat(range(transaction, "a", "z")).hasSize(1);
    transaction.set(key("b"), bytes("mine"));
    assertFails(1020, () -> transaction.commit().join());
  }

  @Test
  void committedVersionMayBeReadAt() {
    Transaction writer = begin();
    writer.set(key("a"), bytes("1"));
    writer.commit().join();
    put("a", "2");
    Transaction reader = begin();
    reader.snapshot().setReadVersion(writer.getCommittedVersion());
    assertThat(get(reader, "a")).isEqualTo("1");
    Transaction before = begin();
    before.setReadVersion(writer.getCommittedVersion() - 1);
    assertThat(get(before, "a")).isNull();
  }

  @Test
  void readVersionIsSetOnce() {
    long version = now();
    Transaction transaction = begin();
    transaction.setReadVersion(version);
    transaction.setReadVersion(version);
    assertFails(2010, () -> transaction.get(key("a")).join());
  }

  @Test
  void readVersionIsSetBeforeTheFirstRead() {
    Transaction transaction = begin();
    get(transaction, "a");
    transaction.setReadVersion(now());
    assertFails(2010, () -> transaction.get(key("a")).join());
    Transaction second = beginNow();
    second.setReadVersion(now());
    assertFails(2010, () -> second.get(key("a")).join());
  }

  @Test
  void versionsBelowOneAreInvalid() {
    for (long version : new long[] {0, -1, Long.MIN_VALUE}) {
      Transaction transaction = begin();
      transaction.setReadVersion(version);
      assertFails(2011, () -> transaction.get(key("a")).join());
    }
  }

  @Test
  void versionBeforeTheWindowIsTooOld() {
    Transaction transaction = begin();
    transaction.setReadVersion(1);
    assertFails(1007, () -> transaction.get(key("a")).join());
    assertFails(1007, () -> transaction.getRange(key("a"), key("b")).asList().join());
    Transaction writer = begin();
    writer.setReadVersion(1);
    writer.addReadConflictKey(key("a"));
    writer.set(key("a"), bytes("1"));
    assertFails(1007, () -> writer.commit().join());
  }

  @Test
  void versionAheadOfTheStoreIsAFutureOne() {
    Transaction transaction = begin();
    transaction.setReadVersion(now() + 1_000_000_000_000L);
    assertFails(1009, () -> transaction.get(key("a")).join());
  }

  @Test
  void blindWriteBelongsToNoReadVersion() {
    Transaction transaction = begin();
    transaction.set(key("a"), bytes("1"));
    transaction.commit().join();
    assertThat(get("a")).isEqualTo("1");
  }

  /** Five seconds are the life of a transaction; a cluster may take a little longer to say so. */
  @Test
  void transactionLivesFiveSeconds() throws Exception {
    put("a", "1");
    Transaction reader = begin();
    Transaction writer = begin();
    Transaction iterating = begin();
    get(reader, "a");
    get(writer, "a");
    iterating.getReadVersion().join();
    TimeUnit.MILLISECONDS.sleep(3_000);
    assertThat(get(reader, "a")).isEqualTo("1");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    int reads = 0;
    boolean alive = true;
    while (alive && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
      put("b", "keeps versions growing");
      // Each time another key: what was read before may be answered from the client's memory.
      alive =
          iterating
              .get(key("unread " + reads++))
              .handle((value, failure) -> failure == null)
              .join();
    }
    assertFails(1007, () -> iterating.getRange(key("d"), key("e")).asList().join());
    assertFails(1007, () -> reader.get(key("unread")).join());
    writer.set(key("c"), bytes("1"));
    assertFails(1007, () -> writer.commit().join());
  }
}
