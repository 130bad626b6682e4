package io.caisson.plan;

import io.caisson.function.match.Slot;
import java.util.List;

/**
 * What is read of a match of a row pattern. Immutable.
 *
 * @param slots what
 * @param fields as many names and types
 */
public record MatchValues(List<Slot> slots, List<Field> fields) {
  /** Copies the lists and checks that they match. */
  public MatchValues {
    slots = List.copyOf(slots);
    fields = List.copyOf(fields);
    if (slots.size() != fields.size()) {
      throw new IllegalArgumentException(slots.size() + " slots, " + fields.size() + " fields");
    }
  }
}
