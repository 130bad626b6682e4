package io.caisson.fdb.embedded.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Range;
import com.apple.foundationdb.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Estimates of sizes, and points that cut a range into chunks. */
final class SizesTest extends ConformanceTest {
  private static final int ROWS = 600;
  private static final int ROW = 10_000;

  private void fill() {
    for (int from = 0; from < ROWS; from += 100) {
      int first = from;
      commit(
          transaction -> {
            for (int i = first; i < first + 100; i++) {
              transaction.set(key(String.format(Locale.ROOT, "%04d", i)), new byte[ROW]);
            }
          });
    }
  }

  private Range all() {
    return new Range(key(""), key("z"));
  }

  /** A cluster samples what it has made durable, seconds after the commit. */
  private long estimate(Range range, long atLeast) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      long bytes = database().read(read -> read.getEstimatedRangeSizeBytes(range).join());
      if (bytes >= atLeast || System.nanoTime() > deadline) {
        return bytes;
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  @Test
  void sizeOfARangeIsEstimated() throws Exception {
    fill();
    long expected = (long) ROWS * ROW;
    assertThat(estimate(all(), expected / 2)).isBetween(expected / 2, 2 * expected);
    Range half = new Range(key("0000"), key("0300"));
    assertThat(estimate(half, expected / 4)).isBetween(expected / 4, expected);
    Transaction transaction = begin();
    assertThat(transaction.getEstimatedRangeSizeBytes(half.begin, half.end).join())
        .isEqualTo(transaction.snapshot().getEstimatedRangeSizeBytes(half).join());
    assertThat(transaction.getEstimatedRangeSizeBytes(key("x"), key("y")).join()).isZero();
  }

  @Test
  void invertedRangeHasNoSize() {
    Transaction transaction = begin();
    assertFails(2005, () -> transaction.getEstimatedRangeSizeBytes(key("b"), key("a")).join());
    assertFails(2005, () -> transaction.getRangeSplitPoints(key("b"), key("a"), 1_000).join());
  }

  @Test
  void splitPointsCutARangeIntoChunks() throws Exception {
    fill();
    estimate(all(), (long) ROWS * ROW / 2);
    Transaction transaction = begin();
    List<byte[]> points = transaction.getRangeSplitPoints(all(), 1_000_000).join().getKeys();
    assertThat(points.get(0)).isEqualTo(all().begin);
    assertThat(points.get(points.size() - 1)).isEqualTo(all().end);
    assertThat(points).isSortedAccordingTo(Arrays::compareUnsigned);
    assertThat(points).hasSizeBetween(4, 14);
    List<byte[]> whole =
        transaction.snapshot().getRangeSplitPoints(key("x"), key("y"), 1_000_000).join().getKeys();
    assertThat(whole).containsExactly(key("x"), key("y"));
  }

  @Test
  void sizesAddNoConflict() {
    Transaction transaction = beginNow();
    transaction.getEstimatedRangeSizeBytes(key("a"), key("z")).join();
    transaction.getRangeSplitPoints(key("a"), key("z"), 1_000_000).join();
    put("b", "1");
    assertCommits(transaction);
  }
}
