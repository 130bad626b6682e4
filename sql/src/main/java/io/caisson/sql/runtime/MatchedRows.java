package io.caisson.sql.runtime;

import io.caisson.function.match.RowMapping;
import io.caisson.function.match.RowTests;
import io.caisson.function.match.Slot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the rows of one partition while it is searched. For one thread. */
final class MatchedRows implements RowTests {
  private static final int CHECKED_EVERY = 1 << 14;
  private static final byte HOLDS = 1;
  private static final byte FAILS = 2;

  private final MatchRows match;
  private final List<@Nullable Object[]> rows;
  private final RunState state;

  /** For each variable with a condition that is local what it says of each row, once tested. */
  private final byte[][] known;

  private final @Nullable MatchValues[] values;
  private int asked;

  MatchedRows(MatchRows match, List<@Nullable Object[]> rows, RunState state) {
    this.match = match;
    this.rows = rows;
    this.state = state;
    int variables = match.definitions().size();
    known = new byte[variables][];
    values = new MatchValues[variables];
    for (int i = 0; i < variables; i++) {
      Optional<MatchRows.Test> matched = match.definitions().get(i).matched();
      known[i] = new byte[match.definitions().get(i).local().isPresent() ? rows.size() : 0];
      values[i] =
          matched
              .map(test -> new MatchValues(test.values(), match.pattern().variables(), rows))
              .orElse(null);
    }
  }

  @Override
  public boolean exists(int row) {
    if (++asked % CHECKED_EVERY == 0) {
      state.check();
    }
    return row < rows.size();
  }

  @Override
  public boolean within(int first, int row) {
    if (match.pattern().within().isEmpty()) {
      return true;
    }
    int field = match.order().get(0).field();
    return rows.get(first)[field] instanceof Long begin
        && rows.get(row)[field] instanceof Long time
        && time - begin < match.pattern().within().getAsLong();
  }

  @Override
  public boolean holds(RowMapping mapping) {
    int row = mapping.end() - 1;
    int variable = mapping.variable(row);
    MatchRows.Definition definition = match.definitions().get(variable);
    if (definition.local().isPresent() && !local(definition.local().get(), variable, row)) {
      return false;
    }
    MatchValues matched = values[variable];
    return definition.matched().isEmpty()
        || matched == null
        || test(definition.matched().get(), matched.of(mapping, mapping, 0));
  }

  private boolean local(MatchRows.Test test, int variable, int row) {
    if (known[variable][row] == 0) {
      @Nullable Object[] read = new Object[test.values().size()];
      for (int i = 0; i < read.length; i++) {
        var slot = (Slot.Value) test.values().get(i).slot();
        int place = row + slot.navigation().distance();
        read[i] = place < 0 || place >= rows.size() ? null : rows.get(place)[slot.column()];
      }
      known[variable][row] = test(test, read) ? HOLDS : FAILS;
    }
    return known[variable][row] == HOLDS;
  }

  private boolean test(MatchRows.Test test, @Nullable Object[] read) {
    return match.conditions().get(test.condition()).apply(read);
  }
}
