package io.caisson.dataflow.operator;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where a window's late rows go. Immutable.
 *
 * @param columns for each column of the circuit's late rows the window's, or −1 for NULL
 * @param name what stands in one more column, the last, if there is one
 */
public record LatePlace(List<Integer> columns, Optional<String> name) {
  /** Copies the list. */
  public LatePlace {
    columns = List.copyOf(columns);
  }

  /** All columns of a window's rows as they are. */
  public static LatePlace of(int columns) {
    return new LatePlace(IntStream.range(0, columns).boxed().toList(), Optional.empty());
  }
}
