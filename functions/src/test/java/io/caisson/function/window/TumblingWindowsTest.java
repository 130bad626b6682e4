package io.caisson.function.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TumblingWindowsTest {
  @Test
  void windowsBeginAtMultiplesOfTheirLengthAlsoBefore1970() {
    var windows = new TumblingWindows(60, 0);
    assertThat(windows.startOf(0)).isZero();
    assertThat(windows.startOf(59)).isZero();
    assertThat(windows.endOf(59)).isEqualTo(60);
    assertThat(windows.startOf(60)).isEqualTo(60);
    assertThat(windows.startOf(-1)).isEqualTo(-60);
    assertThat(windows.endOf(-1)).isZero();
  }

  @Test
  void anOffsetMovesAllWindows() {
    for (long offset : new long[] {15, 75, -45}) {
      var windows = new TumblingWindows(60, offset);
      assertThat(windows.startOf(14)).isEqualTo(-45);
      assertThat(windows.startOf(15)).isEqualTo(15);
      assertThat(windows.endOf(15)).isEqualTo(75);
    }
  }

  @Test
  void windowsAtTheEndsOfTimeAreCutOff() {
    var windows = new TumblingWindows(60, 0);
    assertThat(windows.endOf(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(windows.startOf(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    var wide = new TumblingWindows(Long.MAX_VALUE, 0);
    assertThat(wide.startOf(-1)).isEqualTo(-Long.MAX_VALUE);
    assertThat(wide.endOf(-1)).isZero();
  }
}
