package io.caisson.dataflow.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.column.LongColumn;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WatermarkTrackerTest {
  private static LongColumn times(long... values) {
    return new LongColumn(values, null, values.length);
  }

  @Test
  void watermarkOfARowIsThatOfTheRowsBeforeIt() {
    var tracker = new WatermarkTracker(1, 5);
    assertThat(tracker.advance(0, times(10, 30, 20, 40)))
        .containsExactly(WatermarkTracker.NONE, 5, 25, 25);
    assertThat(tracker.watermark()).isEqualTo(35);
  }

  @Test
  void slowestShardHoldsTheStreamBackButNeverTakesItBack() {
    var tracker = new WatermarkTracker(2, 0);
    tracker.advance(0, times(100));
    assertThat(tracker.advance(1, times(50, 120))).containsExactly(100, 100);
    assertThat(tracker.advance(0, times(130, 140))).containsExactly(100, 120);
    assertThat(tracker.watermark()).isEqualTo(120);
  }

  @Test
  void batchesDoNotMatter() {
    long seed = Long.getLong("caisson.seed", 11);
    var random = new SplittableRandom(seed);
    long[] values = random.longs(1_000, 0, 10_000).toArray();
    long[] whole = new WatermarkTracker(1, 70).advance(0, times(values));
    var cut = new WatermarkTracker(1, 70);
    int at = 0;
    while (at < values.length) {
      int end = Math.min(values.length, at + 1 + random.nextInt(50));
      long[] part = cut.advance(0, times(java.util.Arrays.copyOfRange(values, at, end)));
      assertThat(part)
          .as("seed %d", seed)
          .containsExactly(java.util.Arrays.copyOfRange(whole, at, end));
      var restored = new WatermarkTracker(1, 70);
      restored.restore(cut.state());
      cut = restored;
      at = end;
    }
  }

  @Test
  void timeBeforeAllTimesDoesNotWrapAround() {
    var tracker = new WatermarkTracker(1, 10);
    tracker.advance(0, times(Long.MIN_VALUE + 1));
    assertThat(tracker.watermark()).isEqualTo(WatermarkTracker.NONE);
  }
}
