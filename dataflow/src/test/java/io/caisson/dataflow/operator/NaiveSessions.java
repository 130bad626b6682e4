package io.caisson.dataflow.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The naive twin of sessions: keeps the times of all rows that were in time, and for each further
 * row puts the sessions together anew.
 */
final class NaiveSessions {
  private final int timeColumn;
  private final List<Integer> partition;
  private final long gap;
  private final Map<List<@Nullable Object>, List<Long>> times = new HashMap<>();

  NaiveSessions(int timeColumn, List<Integer> partition, long gap) {
    this.timeColumn = timeColumn;
    this.partition = partition;
    this.gap = gap;
  }

  private record Session(long start, long end) {
    boolean overlaps(long from, long to) {
      return start < to && from < end;
    }
  }

  private static List<Session> sessions(List<Long> times, long gap) {
    var sessions = new ArrayList<Session>();
    for (long time : times.stream().sorted().toList()) {
      Session last = sessions.isEmpty() ? null : sessions.get(sessions.size() - 1);
      if (last != null && time < last.end()) {
        sessions.set(sessions.size() - 1, new Session(last.start(), time + gap));
      } else {
        sessions.add(new Session(time, time + gap));
      }
    }
    return sessions;
  }

  /** Whether a row is in time; if it is, it is remembered. */
  boolean add(@Nullable Object[] row, long watermark) {
    if (!(row[timeColumn] instanceof Long time)) {
      return false;
    }
    List<Long> known = times.computeIfAbsent(key(row), key -> new ArrayList<>());
    boolean open = time + gap > watermark;
    for (Session session : sessions(known, gap)) {
      boolean closed = session.end() <= watermark;
      if (!closed && session.start() <= time && time < session.end()) {
        known.add(time);
        return true;
      }
      open &= !(closed && session.overlaps(time, time + gap));
    }
    if (open) {
      known.add(time);
    }
    return open;
  }

  /** The row with its session, after all rows. */
  @Nullable Object[] withSession(@Nullable Object[] row) {
    long time = (Long) Objects.requireNonNull(row[timeColumn]);
    Session session =
        sessions(Objects.requireNonNull(times.get(key(row))), gap).stream()
            .filter(s -> s.overlaps(time, time + 1))
            .findFirst()
            .orElseThrow();
    @Nullable Object[] result = Arrays.copyOf(row, row.length + 2);
    result[row.length] = session.start();
    result[row.length + 1] = session.end();
    return result;
  }

  private List<@Nullable Object> key(@Nullable Object[] row) {
    var key = new ArrayList<@Nullable Object>();
    for (int column : partition) {
      key.add(row[column] instanceof Double number ? (Object) (number + 0.0) : row[column]);
    }
    return key;
  }
}
