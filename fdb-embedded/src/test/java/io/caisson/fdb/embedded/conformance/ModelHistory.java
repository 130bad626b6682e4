package io.caisson.fdb.embedded.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Explains a run by one order of its commits, or fails: committed transactions are replayed in the
 * order of their stamps against a plain sorted map. Every read must equal the map at its
 * transaction's read version; the reads of a committed transaction, snapshot reads excepted, must
 * also equal the map just before its commit; nothing may have been written in its explicit read
 * conflict ranges since its read version; and who was refused for a conflict must have had one. Not
 * thread-safe.
 */
final class ModelHistory {
  /** Errors that a random transaction may meet. */
  private static final Set<Integer> EXPECTED =
      Set.of(0, 1007, 1009, 1020, 1021, 1037, 1042, 1051, 1078, 1213);

  /** Where a transaction has written, or has said that it has. */
  private record Range(byte[] begin, byte[] end) {
    boolean isEmpty() {
      return Arrays.equals(begin, end);
    }

    boolean meets(Range other) {
      return !isEmpty()
          && !other.isEmpty()
          && Arrays.compareUnsigned(begin, other.end) < 0
          && Arrays.compareUnsigned(other.begin, end) < 0;
    }
  }

  private final List<ModelAttempt> attempts;
  private final List<ModelAttempt> committed;
  private final boolean refusalsNeedAReason;
  private final NavigableMap<Long, NavigableMap<byte[], byte[]>> states = new TreeMap<>();

  /**
   * A history to be checked.
   *
   * @param initial what was there at the initial version
   * @param refusalsNeedAReason whether a conflict must be one with a committed transaction; a
   *     cluster may refuse more
   */
  ModelHistory(
      NavigableMap<byte[], byte[]> initial,
      long initialVersion,
      List<ModelAttempt> attempts,
      boolean refusalsNeedAReason) {
    this.attempts = attempts;
    this.refusalsNeedAReason = refusalsNeedAReason;
    committed =
        attempts.stream()
            .filter(attempt -> attempt.stamp() != null)
            .sorted(
                Comparator.comparing(
                    attempt -> Objects.requireNonNull(attempt.stamp()), Arrays::compareUnsigned))
            .toList();
    states.put(initialVersion, initial);
  }

  void check() {
    for (ModelAttempt attempt : committed) {
      NavigableMap<byte[], byte[]> before = states.lastEntry().getValue();
      NavigableMap<byte[], byte[]> after = replay(attempt, before, false);
      assertConflictRangesHeld(attempt);
      states.put(attempt.commitVersion(), after);
    }
    for (ModelAttempt attempt : attempts) {
      if (!EXPECTED.contains(attempt.failure())) {
        throw failure(attempt, "failed with " + attempt.failure());
      }
      if (attempt.readVersion() > 0) {
        replay(attempt, states.floorEntry(attempt.readVersion()).getValue(), true);
      }
      if (attempt.failure() == 1020 && refusalsNeedAReason) {
        assertConflicted(attempt);
      }
    }
  }

  /** The map after the last commit. */
  NavigableMap<byte[], byte[]> last() {
    return states.lastEntry().getValue();
  }

  private NavigableMap<byte[], byte[]> replay(
      ModelAttempt attempt, NavigableMap<byte[], byte[]> base, boolean atReadVersion) {
    NavigableMap<byte[], byte[]> own = new TreeMap<>(base);
    for (int i = 0; i < attempt.steps.size(); i++) {
      ModelStep step = attempt.steps.get(i);
      if (step.kind().isRead()) {
        boolean overlaid =
            attempt.readsOwnWrites && (!step.snapshot() || attempt.snapshotsSeeOwnWrites);
        String expected = read(step, overlaid ? own : base);
        if ((atReadVersion || !step.snapshot()) && !expected.equals(attempt.seen.get(i))) {
          throw failure(
              attempt,
              "step %s, %s: expected %s"
                  .formatted(i, atReadVersion ? "at its read version" : "at its commit", expected));
        }
      } else {
        write(step, own, attempt.stamp());
      }
    }
    return own;
  }

  private static String read(ModelStep step, NavigableMap<byte[], byte[]> map) {
    if (step.kind() == ModelStep.Kind.GET) {
      return ModelAttempt.text(map.get(step.key()));
    }
    byte[] begin = select(map, step.key(), step.orEqual(), step.beginOffset());
    if (step.kind() == ModelStep.Kind.SELECT) {
      return ModelAttempt.text(begin);
    }
    byte[] end = select(map, step.other(), false, step.endOffset());
    List<String> rows = new ArrayList<>();
    if (Arrays.compareUnsigned(begin, end) < 0) {
      NavigableMap<byte[], byte[]> inside = map.subMap(begin, true, end, false);
      for (Map.Entry<byte[], byte[]> row :
          (step.reverse() ? inside.descendingMap() : inside).entrySet()) {
        if (step.limit() > 0 && rows.size() == step.limit()) {
          break;
        }
        rows.add(ModelAttempt.text(row.getKey()) + "=" + ModelAttempt.text(row.getValue()));
      }
    }
    return rows.toString();
  }

  /** The definition: the last key below (or at) the key, then so many keys on. */
  private static byte[] select(
      NavigableMap<byte[], byte[]> map, byte[] key, boolean orEqual, int offset) {
    byte[] found = orEqual ? map.floorKey(key) : map.lowerKey(key);
    for (int i = offset; i > 0; i--) {
      found = map.higherKey(Objects.requireNonNull(found));
    }
    for (int i = offset; i < 0; i++) {
      found = map.lowerKey(Objects.requireNonNull(found));
    }
    return Objects.requireNonNull(found);
  }

  private static void write(
      ModelStep step, NavigableMap<byte[], byte[]> map, byte @Nullable [] stamp) {
    switch (step.kind()) {
      case SET -> map.put(step.key(), step.operand());
      case CLEAR -> map.remove(step.key());
      case CLEAR_RANGE -> map.subMap(step.key(), true, step.other(), false).clear();
      case MUTATE -> {
        byte[] result = AtomicModel.apply(step.type(), map.get(step.key()), step.operand());
        if (result == null) {
          map.remove(step.key());
        } else {
          map.put(step.key(), result);
        }
      }
      case STAMP_VALUE -> {
        if (stamp != null) {
          map.put(step.key(), stamp);
        }
      }
      case STAMP_KEY -> {
        if (stamp != null) {
          map.put(Bytes.join(step.key(), stamp), step.operand());
        }
      }
      default -> {
        // Conflict ranges write nothing.
      }
    }
  }

  private static Range rangeOf(ModelStep step) {
    return switch (step.kind()) {
      case CLEAR_RANGE, WRITE_CONFLICT, READ_CONFLICT -> new Range(step.key(), step.other());
      case STAMP_KEY ->
          new Range(step.key(), Bytes.join(step.key(), Bytes.hex("ffffffffffffffffffffff")));
      default -> new Range(step.key(), Bytes.after(step.key()));
    };
  }

  private static List<Range> writes(ModelAttempt attempt) {
    return attempt.steps.stream()
        .filter(step -> step.kind().isWrite())
        .map(ModelHistory::rangeOf)
        .toList();
  }

  private boolean isWrittenSince(ModelAttempt reader, Range range) {
    for (ModelAttempt writer : committed) {
      if (writer == reader) {
        return false;
      }
      if (writer.commitVersion() > reader.readVersion()
          && writes(writer).stream().anyMatch(range::meets)) {
        return true;
      }
    }
    return false;
  }

  /** An explicit range that met own writes does not count there: left out, to keep this simple. */
  private void assertConflictRangesHeld(ModelAttempt attempt) {
    List<Range> own = new ArrayList<>();
    for (ModelStep step : attempt.steps) {
      Range range = rangeOf(step);
      if (step.kind().isWrite()) {
        own.add(range);
      } else if (step.kind() == ModelStep.Kind.READ_CONFLICT
          && own.stream().noneMatch(range::meets)
          && isWrittenSince(attempt, range)) {
        throw failure(attempt, "committed although its explicit conflict range was written");
      }
    }
  }

  /** Somewhere in what it read, generously taken, there must have been a write. */
  private void assertConflicted(ModelAttempt attempt) {
    NavigableMap<byte[], byte[]> map =
        new TreeMap<>(states.floorEntry(attempt.readVersion()).getValue());
    for (ModelStep step : attempt.steps) {
      if (step.kind().isWrite()) {
        write(step, map, null);
        continue;
      }
      if (step.snapshot()) {
        continue;
      }
      if (isWrittenSince(attempt, lookedAt(step, map))) {
        return;
      }
    }
    throw failure(attempt, "was refused although nothing that it read was written since");
  }

  private Range lookedAt(ModelStep step, NavigableMap<byte[], byte[]> map) {
    if (step.kind() == ModelStep.Kind.READ_CONFLICT) {
      return rangeOf(step);
    }
    if (step.kind() == ModelStep.Kind.GET) {
      return rangeOf(step);
    }
    List<byte[]> keys = new ArrayList<>();
    for (NavigableMap<byte[], byte[]> view :
        List.of(map, states.floorEntry(Long.MAX_VALUE).getValue())) {
      keys.add(select(view, step.key(), step.orEqual(), step.beginOffset()));
      if (step.kind() != ModelStep.Kind.SELECT) {
        keys.add(select(view, step.other(), false, step.endOffset()));
      }
    }
    keys.add(step.key());
    if (step.kind() != ModelStep.Kind.SELECT) {
      keys.add(step.other());
    }
    keys.sort(Arrays::compareUnsigned);
    return new Range(keys.get(0), Bytes.after(keys.get(keys.size() - 1)));
  }

  private AssertionError failure(ModelAttempt attempt, String what) {
    StringBuilder trace = new StringBuilder("Transaction " + attempt.id + ": " + what + "\n");
    trace.append(attempt).append("\nand what was committed since its read version:");
    for (ModelAttempt other : committed) {
      boolean since = other.commitVersion() > attempt.readVersion();
      if (other == attempt && attempt.readVersion() < 0) {
        break;
      }
      if (since && other != attempt) {
        trace.append('\n').append(other);
      }
    }
    return new AssertionError(trace.toString());
  }
}
