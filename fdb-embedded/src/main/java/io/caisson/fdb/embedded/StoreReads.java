package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.HistoryWindow;
import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.history.Rows;
import io.caisson.fdb.embedded.tree.RangeSize;
import io.caisson.fdb.embedded.tree.TreeCursor;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.tree.TreeReader;
import io.caisson.fdb.embedded.tree.TreeStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;

/**
 * Reads at a version: the tree as it is now, with the window's previous values put back, and those
 * that the tree does not show yet. Always the tree first and the window after it (see {@link
 * HistoryWindow}), and last a look whether the version is still inside. Thread-safe.
 */
final class StoreReads {
  private static final byte[] NO_VALUE = {};

  /** A page with more keys that the tree does not show yet is read when it does. */
  private static final int MOST_AHEAD = 4_096;

  private final TreeStore tree;
  private final HistoryWindow history;
  private final VersionClock clock;
  private final Runnable bringIn;

  /**
   * Creates reads.
   *
   * @param bringIn has the tree show all that was committed, if it can
   */
  StoreReads(TreeStore tree, HistoryWindow history, VersionClock clock, Runnable bringIn) {
    this.bringIn = bringIn;
    this.tree = tree;
    this.history = history;
    this.clock = clock;
  }

  /**
   * A page of a range read.
   *
   * @param rows what was found, in scan order
   * @param begin lower bound of what the page covers
   * @param end upper bound, not included
   * @param more whether the scan goes on behind the page
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
  record Page(Rows rows, byte[] begin, byte[] end, boolean more) {}

  /** What to scan. */
  @SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
  record Scan(
      byte[] begin,
      byte[] end,
      boolean reverse,
      int maximumRows,
      long maximumBytes,
      boolean values) {}

  byte @Nullable [] get(byte[] key, long version) {
    while (true) {
      long shown = history.treeVersion();
      byte[] stored;
      try (TreeReader reader = tree.reader()) {
        stored = reader.get(key);
      } catch (LmdbException | TreeFailure failure) {
        throw unreadable(failure);
      }
      byte[] value = history.valueAt(key, version, stored, shown);
      checkReadable(version);
      if (value != HistoryWindow.LOOK_AGAIN && history.forgotten() <= shown) {
        return value;
      }
    }
  }

  Page scan(Scan scan, long version) {
    int most = MOST_AHEAD;
    while (true) {
      long shown = history.treeVersion();
      Page page = scan(scan, version, shown, most);
      checkReadable(version);
      if (page != null && history.forgotten() <= shown) {
        return page;
      }
      if (page == null) {
        bringIn.run();
        if (history.treeVersion() <= shown) {
          most = Integer.MAX_VALUE; // the tree takes nothing
        }
      }
    }
  }

  private @Nullable Page scan(Scan scan, long version, long shown, int most) {
    Rows rows = new Rows(Math.min(scan.maximumRows, 64));
    boolean more;
    try (TreeReader reader = tree.reader()) {
      more =
          scan.reverse ? descend(reader.cursor(), scan, rows) : ascend(reader.cursor(), scan, rows);
    } catch (LmdbException | TreeFailure failure) {
      throw unreadable(failure);
    }
    byte[] begin = scan.begin;
    byte[] end = scan.end;
    if (more) {
      byte[] last = rows.key(rows.size() - 1);
      if (scan.reverse) {
        begin = last;
      } else {
        end = KeyRanges.after(last);
      }
    }
    Rows amended = history.amend(rows, begin, end, scan.reverse, version, shown, most);
    return amended == null ? null : new Page(amended, begin, end, more);
  }

  private static boolean ascend(TreeCursor cursor, Scan scan, Rows rows) {
    boolean found = cursor.seekCeiling(scan.begin);
    while (found) {
      byte[] key = cursor.key();
      if (!KeyOrder.isBelow(key, scan.end)) {
        return false;
      }
      rows.add(key, scan.values ? cursor.value() : NO_VALUE);
      if (rows.size() >= scan.maximumRows || rows.bytes() >= scan.maximumBytes) {
        return true;
      }
      found = cursor.next();
    }
    return false;
  }

  private static boolean descend(TreeCursor cursor, Scan scan, Rows rows) {
    boolean found = cursor.seekBelow(scan.end);
    while (found) {
      byte[] key = cursor.key();
      if (KeyOrder.isBelow(key, scan.begin)) {
        return false;
      }
      rows.add(key, scan.values ? cursor.value() : NO_VALUE);
      if (rows.size() >= scan.maximumRows || rows.bytes() >= scan.maximumBytes) {
        return true;
      }
      found = cursor.previous();
    }
    return false;
  }

  /** About how many bytes of keys and values a range holds now. */
  long bytesIn(byte[] begin, byte[] end) {
    bringIn.run();
    try (TreeReader reader = tree.reader()) {
      return RangeSize.estimate(reader, begin, end);
    } catch (LmdbException | TreeFailure failure) {
      throw unreadable(failure);
    }
  }

  /** Keys that cut a range into chunks of about the given number of bytes. */
  List<byte[]> splitPoints(byte[] begin, byte[] end, long chunkBytes) {
    bringIn.run();
    try (TreeReader reader = tree.reader()) {
      return RangeSize.cut(reader, begin, end, chunkBytes);
    } catch (LmdbException | TreeFailure failure) {
      throw unreadable(failure);
    }
  }

  private static EmbeddedException unreadable(RuntimeException failure) {
    return ErrorCode.IO_ERROR.exception(String.valueOf(failure.getMessage()));
  }

  private void checkReadable(long version) {
    if (version < history.oldestReadable() || version < clock.now() - Committer.WINDOW) {
      throw ErrorCode.TRANSACTION_TOO_OLD.exception();
    }
    if (version > clock.published()) {
      throw ErrorCode.FUTURE_VERSION.exception();
    }
  }
}
