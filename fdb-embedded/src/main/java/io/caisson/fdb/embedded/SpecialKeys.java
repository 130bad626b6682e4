package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.RangeRequest.Answer;
import io.caisson.fdb.embedded.RangeRequest.Bound;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.history.Rows;
import io.caisson.fdb.embedded.write.StampedKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction reads above {@code \xff\xff}: its own conflict ranges, the keys that made its
 * commit fail, and what the database says of itself. Modules that only a cluster can fill are
 * empty.
 *
 * <pre>
 *   transaction/read_conflict_range/KEY     "1": what is read begins at KEY   "0": it ends there
 *   transaction/write_conflict_range/KEY    likewise
 *   transaction/conflicting_keys/KEY        likewise; after a commit failed, if the option is set
 * </pre>
 *
 * <p>As thread-safe as its transaction.
 */
final class SpecialKeys {
  private static final byte[] READ_CONFLICTS =
      SpecialModule.key("transaction/read_conflict_range/");
  private static final byte[] WRITE_CONFLICTS =
      SpecialModule.key("transaction/write_conflict_range/");
  private static final byte[] CONFLICTING = SpecialModule.key("transaction/conflicting_keys/");
  private static final byte[] BEGINS = {'1'};
  private static final byte[] ENDS = {'0'};

  private final TransactionState state;
  private final SpecialWrites writes;
  private final Supplier<@Nullable KeyRanges> conflicting;
  private final Supplier<byte @Nullable []> stamp;

  /**
   * Creates the special keys of a transaction.
   *
   * @param conflicting which keys made the last commit fail
   * @param stamp the versionstamp that the commit had
   */
  SpecialKeys(
      TransactionState state,
      SpecialWrites writes,
      Supplier<@Nullable KeyRanges> conflicting,
      Supplier<byte @Nullable []> stamp) {
    this.state = state;
    this.writes = writes;
    this.conflicting = conflicting;
    this.stamp = stamp;
  }

  /** Whether a key is a special one. */
  static boolean contains(byte[] key) {
    return Arrays.compareUnsigned(key, SpecialModule.SPACE_BEGIN) >= 0
        && Arrays.compareUnsigned(key, SpecialModule.SPACE_END) < 0;
  }

  /** Whether a range is one of special keys. */
  static boolean containsRange(byte[] begin, byte[] end) {
    return contains(begin)
        && Arrays.compareUnsigned(end, SpecialModule.SPACE_BEGIN) >= 0
        && Arrays.compareUnsigned(end, SpecialModule.SPACE_END) <= 0;
  }

  byte @Nullable [] get(byte[] key) {
    Rows rows =
        range(
                new RangeRequest(
                    new Bound(key, 1),
                    new Bound(KeyRanges.after(key), 1),
                    RangeRequest.UNLIMITED,
                    RangeRequest.UNLIMITED,
                    false))
            .rows();
    return rows.size() == 0 ? null : rows.value(0);
  }

  Answer range(RangeRequest request) {
    byte[] begin = request.begin().key();
    byte[] end = request.end().key();
    boolean relaxed;
    synchronized (state) {
      relaxed = state.settings().specialKeysRelaxed;
    }
    if (!relaxed) {
      SpecialModule module = SpecialModule.of(begin);
      byte[] to = module == null ? SpecialModule.endOfGap(begin) : module.end();
      if (Arrays.compareUnsigned(end, to) > 0) {
        throw ErrorCode.SPECIAL_KEYS_CROSS_MODULE_READ.exception();
      }
      if (module == null) {
        throw ErrorCode.SPECIAL_KEYS_NO_MODULE_FOUND.exception();
      }
      return select(request, rows(List.of(module)));
    }
    return select(request, rows(List.of(SpecialModule.values())));
  }

  private static Answer select(RangeRequest request, NavigableMap<byte[], byte[]> rows) {
    List<Map.Entry<byte[], byte[]>> all = new ArrayList<>(rows.entrySet());
    int from = position(rows, request.begin());
    int to = position(rows, request.end());
    Rows selected = new Rows(8);
    boolean full = false;
    for (int i = 0; i < to - from && !full; i++) {
      Map.Entry<byte[], byte[]> row = all.get(request.reverse() ? to - 1 - i : from + i);
      selected.add(row.getKey(), row.getValue());
      full = selected.size() >= request.maximumRows() || selected.bytes() >= request.maximumBytes();
    }
    return new Answer(selected, full);
  }

  private static int position(NavigableMap<byte[], byte[]> rows, Bound bound) {
    long position = (long) rows.headMap(bound.key(), false).size() + bound.offset() - 1;
    return (int) Math.max(0, Math.min(rows.size(), position));
  }

  private NavigableMap<byte[], byte[]> rows(List<SpecialModule> modules) {
    NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
    EmbeddedDatabase database = state.database();
    for (SpecialModule module : modules) {
      switch (module) {
        case TRANSACTION -> addTransaction(rows);
        case STATUS -> rows.put(module.begin(), text(StatusReport.of(database)));
        case CONNECTION_STRING ->
            rows.put(module.begin(), text("embedded:" + database.directory()));
        case CLUSTER_FILE_PATH -> rows.put(module.begin(), text(database.directory().toString()));
        case ERROR_MESSAGE -> {
          byte[] message = writes.message();
          if (message != null) {
            rows.put(module.begin(), message);
          }
        }
        default -> {
          // Only a cluster has something to say there.
        }
      }
    }
    return rows;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void addTransaction(NavigableMap<byte[], byte[]> rows) {
    synchronized (state) {
      addBounds(READ_CONFLICTS, state.readConflicts(), rows);
      addBounds(WRITE_CONFLICTS, writeConflicts(), rows);
      KeyRanges failed = conflicting.get();
      if (failed != null) {
        addBounds(CONFLICTING, failed, rows);
      }
    }
  }

  private KeyRanges writeConflicts() {
    KeyRanges written = new KeyRanges();
    state.writes().conflicts().forEach(written::add);
    state.writes().overlay().addConflicts(written);
    byte[] complete = stamp.get();
    for (StampedKey key : state.writes().overlay().stampedKeys()) {
      if (complete == null) {
        written.add(key.lowest(), key.end());
      } else {
        written.addKey(key.key(complete));
      }
    }
    return written;
  }

  private static void addBounds(
      byte[] prefix, KeyRanges ranges, NavigableMap<byte[], byte[]> rows) {
    ranges.forEach(
        (begin, end) -> {
          rows.put(join(prefix, begin), BEGINS);
          rows.put(join(prefix, end), ENDS);
        });
  }

  private static byte[] join(byte[] prefix, byte[] key) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, joined, prefix.length, key.length);
    return joined;
  }
}
