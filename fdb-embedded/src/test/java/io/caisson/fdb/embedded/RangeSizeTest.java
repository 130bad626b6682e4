package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.apple.foundationdb.Range;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes of ranges are told without visiting them, and nearly right. */
final class RangeSizeTest {
  private static final int ROWS = 40_000;
  private static final long BYTES = ROWS * (8L + 500);

  @TempDir private Path directory;

  private EmbeddedDatabase open() {
    return EmbeddedDatabase.open(
        directory, EmbeddedOptions.defaults().withDurability(Durability.MEMORY));
  }

  private static byte[] key(int number) {
    return String.format("row%05d", number).getBytes(StandardCharsets.US_ASCII);
  }

  private static void fill(EmbeddedDatabase database) {
    for (int from = 0; from < ROWS; from += 5_000) {
      int first = from;
      database.run(
          transaction -> {
            for (int i = first; i < first + 5_000; i++) {
              transaction.set(key(i), new byte[500]);
            }
            return 0;
          });
    }
  }

  private static long estimate(EmbeddedDatabase database, Range range) {
    return database.read(read -> read.getEstimatedRangeSizeBytes(range).join());
  }

  @Test
  void estimatesAndSplitPointsFollowTheData() {
    Range all = new Range(key(0), key(99_999));
    try (EmbeddedDatabase database = open()) {
      fill(database);
      assertThat(database.statistics().entries()).isEqualTo(ROWS);
      // The deviation is √(20 MB · 64 KB), which is 5.7 %.
      assertThat(estimate(database, all)).isCloseTo(BYTES, withinPercentage(25));
      assertThat(estimate(database, new Range(key(0), key(20_000))))
          .isCloseTo(BYTES / 2, withinPercentage(35));
      assertThat(estimate(database, new Range(key(10), key(20)))).isEqualTo(5_080);
      List<byte[]> points =
          database.read(read -> read.getRangeSplitPoints(all, 2_000_000).join().getKeys());
      assertThat(points).hasSizeBetween(8, 15).isSortedAccordingTo(Arrays::compareUnsigned);
      assertThat(points.get(0)).isEqualTo(all.begin);
      assertThat(points.get(points.size() - 1)).isEqualTo(all.end);
    }
    try (EmbeddedDatabase database = open()) {
      assertThat(database.statistics().entries()).isEqualTo(ROWS);
      database.run(
          transaction -> {
            transaction.clear(key(0), key(30_000));
            return 0;
          });
      assertThat(estimate(database, all)).isCloseTo(BYTES / 4, withinPercentage(45));
      database.run(
          transaction -> {
            transaction.clear(all);
            return 0;
          });
      assertThat(estimate(database, all)).isZero();
      assertThat(database.statistics().entries()).isZero();
    }
  }
}
