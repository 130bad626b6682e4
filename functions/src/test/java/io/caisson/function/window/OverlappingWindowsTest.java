package io.caisson.function.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OverlappingWindowsTest {
  private static List<String> windows(WindowAssigner assigner, long time) {
    long[] starts = new long[assigner.windowsOfATime()];
    long[] ends = new long[assigner.windowsOfATime()];
    int count = assigner.assign(time, starts, ends);
    var found = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      found.add(starts[i] + "-" + ends[i]);
    }
    return found;
  }

  @Test
  void aTimeIsInAllHoppingWindowsThatCoverIt() {
    var windows = new HoppingWindows(5, 10, 0);
    assertThat(windows(windows, 12)).containsExactly("5-15", "10-20");
    assertThat(windows(windows, -1)).containsExactly("-10-0", "-5-5");
    assertThat(windows(new HoppingWindows(5, 10, 2), 12)).containsExactly("7-17", "12-22");
    assertThat(windows(new HoppingWindows(4, 10, 0), 9)).containsExactly("0-10", "4-14", "8-18");
    assertThat(windows(new HoppingWindows(4, 10, 0), 10)).containsExactly("4-14", "8-18");
  }

  @Test
  void aTimeIsInAllCumulatingWindowsThatHaveNotEnded() {
    var windows = new CumulatingWindows(5, 15, 0);
    assertThat(windows(windows, 0)).containsExactly("0-5", "0-10", "0-15");
    assertThat(windows(windows, 7)).containsExactly("0-10", "0-15");
    assertThat(windows(windows, 14)).containsExactly("0-15");
    assertThat(windows(windows, -1)).containsExactly("-15-0");
  }

  @Test
  void theyAreTheWindowsThatCoverTheTimeAndNoOthers() {
    var random = new SplittableRandom(3);
    for (int round = 0; round < 500; round++) {
      long slide = 1L + random.nextInt(9);
      long size = slide + random.nextInt(20);
      long offset = random.nextInt(-30, 30);
      long time = random.nextInt(-100, 100);
      var hops = new ArrayList<String>();
      for (long start = time - size - 1; start <= time; start++) {
        if (Math.floorMod(start - offset, slide) == 0 && time < start + size) {
          hops.add(start + "-" + (start + size));
        }
      }
      assertThat(windows(new HoppingWindows(slide, size, offset), time)).isEqualTo(hops);
      long widest = slide * (1L + random.nextInt(5));
      var cumulated = new ArrayList<String>();
      long start = Math.floorDiv(time - offset, widest) * widest + offset;
      for (long end = start + slide; end <= start + widest; end += slide) {
        if (time < end) {
          cumulated.add(start + "-" + end);
        }
      }
      assertThat(windows(new CumulatingWindows(slide, widest, offset), time)).isEqualTo(cumulated);
    }
  }

  @Test
  void windowsAtTheEndsOfTimeAreCutOff() {
    var hops = new HoppingWindows(5, 10, 0);
    assertThat(windows(hops, Long.MAX_VALUE)).allMatch(w -> w.endsWith("-" + Long.MAX_VALUE));
    assertThat(windows(hops, Long.MIN_VALUE)).hasSizeBetween(1, 2);
    var sums = new CumulatingWindows(5, 15, 0);
    assertThat(windows(sums, Long.MAX_VALUE)).isNotEmpty();
    assertThat(windows(sums, Long.MIN_VALUE)).isNotEmpty();
  }

  @Test
  void impossibleLengthsAreRefused() {
    assertThatThrownBy(() -> new HoppingWindows(0, 10, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HoppingWindows(11, 10, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CumulatingWindows(4, 10, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
