package io.caisson.plan;

import java.util.List;

/**
 * Sessions: a row is in one window with all rows of its partition to which it is connected by rows
 * that are less than the gap apart. The window ends the gap after its last row. A row is late when
 * its session had closed, or when it would have been a closed session by itself.
 *
 * @param source the rows, which only grow
 * @param timeColumn position of the TIMESTAMP column
 * @param partition positions of the columns that tell whose session it is
 * @param gapMicros the gap, positive
 */
public record Sessions(Plan source, int timeColumn, List<Integer> partition, long gapMicros)
    implements Windowed {
  /** Copies the list and checks the gap. */
  public Sessions {
    partition = List.copyOf(partition);
    if (gapMicros <= 0) {
      throw new IllegalArgumentException("gap " + gapMicros);
    }
  }

  /** A row's window grows with its session. */
  @Override
  public boolean appendOnly() {
    return false;
  }
}
