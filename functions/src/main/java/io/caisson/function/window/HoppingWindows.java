package io.caisson.function.window;

/**
 * Windows of one length that begin at shorter distances, so that they overlap: a point in time
 * falls into as many as the length has distances. Immutable.
 *
 * <pre>
 *   size 10, slide 5   ├─────────┤         ├─────────┤
 *                           ├─────────┤         ├─────────┤
 *                      0    5    10   15   20   25   30
 * </pre>
 *
 * @param slide distance from one begin to the next, positive and no greater than the size
 * @param size length of a window
 * @param offset by how much windows begin after multiples of the slide since time 0
 */
public record HoppingWindows(long slide, long size, long offset) implements WindowAssigner {
  /** Checks the lengths. */
  public HoppingWindows {
    if (slide <= 0 || size < slide || (size - 1) / slide >= MOST) {
      throw new IllegalArgumentException("slide " + slide + ", size " + size);
    }
  }

  @Override
  public int windowsOfATime() {
    return (int) ((size - 1) / slide) + 1;
  }

  @Override
  public int assign(long time, long[] starts, long[] ends) {
    long last = new TumblingWindows(slide, offset).startOf(time);
    long passed = time - last;
    int count = (int) ((size - 1 - passed) / slide) + 1;
    int cut = 0;
    for (int i = 0; i < count; i++) {
      long start = last - (count - 1 - i) * slide;
      if (start > last) {
        cut++;
      } else {
        starts[i - cut] = start;
        ends[i - cut] = WindowAssigner.plus(start, size);
      }
    }
    return count - cut;
  }

  @Override
  public HoppingWindows times(long factor) {
    return new HoppingWindows(
        Math.multiplyExact(slide, factor),
        Math.multiplyExact(size, factor),
        Math.multiplyExact(offset, factor));
  }

  @Override
  public String functionName() {
    return "HOP";
  }
}
