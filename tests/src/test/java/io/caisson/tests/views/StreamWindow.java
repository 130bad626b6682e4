package io.caisson.tests.views;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A window over a random stream, and the plainest possible account of which windows rows are in.
 * Immutable.
 *
 * @param kind which
 * @param stepSeconds the slide of HOP, the step of CUMULATE
 * @param sizeSeconds the size, or the gap of a session
 * @param keys whose session it is
 * @param shortForm how it is written
 */
record StreamWindow(
    Kind kind, long stepSeconds, long sizeSeconds, List<StreamColumn> keys, boolean shortForm) {
  private static final int[] SECONDS = {1, 7, 60, 600, 3_600};
  private static final long SECOND = 1_000_000;
  private static final List<Kind> KINDS =
      List.of(Kind.TUMBLE, Kind.HOP, Kind.CUMULATE, Kind.SESSION);

  /** What windows there are. */
  enum Kind {
    TUMBLE,
    HOP,
    CUMULATE,
    SESSION,
    /** What WITHIN of a row pattern gives each row. */
    MATCH,
    /** The times that a row meets in a join, from the step to the size behind its own. */
    NEAR
  }

  /** A window from a begin to an end, exclusive. */
  record Interval(long start, long end) {
    boolean overlaps(Interval other) {
      return start < other.end && other.start < end;
    }
  }

  /** A random window over a stream of some columns. */
  static StreamWindow random(SplittableRandom random, List<StreamColumn> columns) {
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    long size = SECONDS[random.nextInt(SECONDS.length)];
    long step = size;
    if (kind == Kind.HOP) {
      step = Math.max(1, size / (1 + random.nextInt(4)));
    } else if (kind == Kind.CUMULATE) {
      step = size;
      size *= 1 + random.nextInt(4);
    } else if (kind == Kind.SESSION) {
      size = Math.min(size, 60);
      step = size;
    }
    var keys = new ArrayList<StreamColumn>();
    for (StreamColumn column : List.of(StreamColumn.K, StreamColumn.B, StreamColumn.S)) {
      if (kind == Kind.SESSION && columns.contains(column) && random.nextInt(3) == 0) {
        keys.add(column);
      }
    }
    return new StreamWindow(kind, step, size, List.copyOf(keys), random.nextBoolean());
  }

  /** A random bound of a match. */
  static StreamWindow ofMatch(SplittableRandom random) {
    long size = SECONDS[1 + random.nextInt(SECONDS.length - 1)];
    return new StreamWindow(Kind.MATCH, size, size, List.of(), false);
  }

  /** The times that rows meet in a join. */
  static StreamWindow near(long fromSeconds, long toSeconds) {
    return new StreamWindow(Kind.NEAR, fromSeconds, toSeconds, List.of(), false);
  }

  /** The same, in the long form. */
  StreamWindow plain() {
    return new StreamWindow(kind, stepSeconds, sizeSeconds, keys, false);
  }

  /** What stands behind FROM. */
  String over(String stream) {
    if (kind == Kind.NEAR || kind == Kind.MATCH) {
      return stream;
    }
    String lengths =
        switch (kind) {
          case TUMBLE, SESSION -> interval(sizeSeconds);
          default -> interval(stepSeconds) + ", " + interval(sizeSeconds);
        };
    String names = keys.stream().map(StreamColumn::sql).collect(Collectors.joining(", "));
    if (shortForm) {
      String by = keys.isEmpty() ? "" : names + ", ";
      return kind + "(" + stream + ", ts, " + by + lengths + ")";
    }
    String by = keys.isEmpty() ? "" : " PARTITION BY (" + names + ")";
    return "TABLE(%s(TABLE %s%s, DESCRIPTOR(ts), %s))".formatted(kind, stream, by, lengths);
  }

  private static String interval(long seconds) {
    return "INTERVAL '" + seconds + "' SECOND(5)";
  }

  /** For how long a row alone would be in a window. */
  Interval alone(long time) {
    return new Interval(time, time + sizeSeconds * SECOND);
  }

  /** The windows that a time falls into; none of sessions. */
  private List<Interval> intervals(long time) {
    long size = sizeSeconds * SECOND;
    long step = stepSeconds * SECOND;
    var found = new ArrayList<Interval>();
    switch (kind) {
      case TUMBLE, CUMULATE -> {
        long start = Math.floorDiv(time, size) * size;
        for (long end = start + step; end <= start + size; end += step) {
          if (end > time) {
            found.add(new Interval(start, end));
          }
        }
      }
      case HOP -> {
        for (long start = Math.floorDiv(time, step) * step; start > time - size; start -= step) {
          found.add(new Interval(start, start + size));
        }
      }
      case MATCH -> found.add(alone(time));
      case SESSION, NEAR -> throw new IllegalStateException(kind + " is no window of a time");
    }
    return found;
  }

  /** A row of the stream, when it has a time, and the watermark before it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Timed(@Nullable Object[] row, @Nullable Long time, long watermark) {}

  /** Rows with a window behind their columns; NULLs where there is none. */
  record Split(List<@Nullable Object[]> inTime, List<@Nullable Object[]> late) {
    Split() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    private void add(boolean isLate, @Nullable Object[] row, @Nullable Interval window) {
      @Nullable Object[] result = Arrays.copyOf(row, row.length + 2);
      result[row.length] = window == null ? null : (Long) window.start();
      result[row.length + 1] = window == null ? null : (Long) window.end();
      (isLate ? late : inTime).add(result);
    }
  }

  /** Which rows are in which windows, and which they miss. */
  Split split(List<Timed> rows, List<StreamColumn> columns) {
    return switch (kind) {
      case SESSION -> sessions(rows, columns);
      case NEAR -> near(rows);
      default -> aligned(rows);
    };
  }

  /** A row without a time meets nothing, and is in time. */
  private Split near(List<Timed> rows) {
    var split = new Split();
    for (Timed timed : rows) {
      Long time = timed.time();
      Interval meets =
          time == null
              ? null
              : new Interval(time + stepSeconds * SECOND, time + sizeSeconds * SECOND);
      split.add(time != null && time < timed.watermark(), timed.row(), meets);
    }
    return split;
  }

  private Split aligned(List<Timed> rows) {
    var split = new Split();
    for (Timed timed : rows) {
      if (timed.time() == null) {
        split.add(true, timed.row(), null);
        continue;
      }
      for (Interval window : intervals(timed.time())) {
        split.add(window.end() <= timed.watermark(), timed.row(), window);
      }
    }
    return split;
  }

  private Split sessions(List<Timed> rows, List<StreamColumn> columns) {
    var split = new Split();
    Map<List<@Nullable Object>, List<Interval>> sessions = new HashMap<>();
    var inTime = new ArrayList<Timed>();
    for (Timed timed : rows) {
      List<Interval> known =
          sessions.computeIfAbsent(key(timed.row(), columns), k -> new ArrayList<>());
      if (timed.time() == null) {
        split.add(true, timed.row(), null);
      } else if (isInTime(timed.time(), timed.watermark(), known)) {
        join(alone(timed.time()), known);
        inTime.add(timed);
      } else {
        split.add(true, timed.row(), alone(timed.time()));
      }
    }
    for (Timed timed : inTime) {
      Long time = timed.time();
      if (time != null) {
        for (Interval session : sessions.getOrDefault(key(timed.row(), columns), List.of())) {
          if (session.start() <= time && time < session.end()) {
            split.add(false, timed.row(), session);
          }
        }
      }
    }
    return split;
  }

  /**
   * A row is in time within a session that is open; or, when it would be open alone, if it touches
   * none that is closed.
   */
  private boolean isInTime(long time, long watermark, List<Interval> sessions) {
    Interval alone = alone(time);
    boolean fresh = alone.end() > watermark;
    for (Interval session : sessions) {
      boolean closed = session.end() <= watermark;
      if (!closed && session.start() <= time && time < session.end()) {
        return true;
      }
      fresh &= !(closed && session.overlaps(alone));
    }
    return fresh;
  }

  private static void join(Interval added, List<Interval> sessions) {
    Interval joined = added;
    for (Interval session : List.copyOf(sessions)) {
      if (session.overlaps(added)) {
        sessions.remove(session);
        joined =
            new Interval(
                Math.min(joined.start(), session.start()), Math.max(joined.end(), session.end()));
      }
    }
    sessions.add(joined);
  }

  private List<@Nullable Object> key(@Nullable Object[] row, List<StreamColumn> columns) {
    return Arrays.asList(keys.stream().map(column -> row[columns.indexOf(column)]).toArray());
  }
}
