package io.caisson.sql.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * All rows of an input by partition, in the order in which partitions first came. Stateless.
 *
 * @param fields the fields that partition rows
 * @param copies how often a row is about to be held in memory
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Partitions(int[] fields, int copies) {
  /**
   * Reads an input to its end.
   *
   * @param counts which rows are kept
   * @param memory takes what the rows need
   */
  Collection<List<@Nullable Object[]>> read(
      Enumerable<@Nullable Object[]> input,
      Predicate<@Nullable Object[]> counts,
      HeldMemory memory) {
    var partitions = new LinkedHashMap<List<@Nullable Object>, List<@Nullable Object[]>>();
    try (Enumerator<@Nullable Object[]> rows = input.enumerator()) {
      while (rows.moveNext()) {
        @Nullable Object[] row = rows.current();
        if (counts.test(row)) {
          memory.take(StatementMemory.size(row) * copies);
          partitions
              .computeIfAbsent(ValueOrder.key(row, fields), key -> new ArrayList<>())
              .add(row);
        }
      }
    }
    return partitions.values();
  }
}
