package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.journal.JournalRecord;
import io.caisson.fdb.embedded.journal.Mutations;
import io.caisson.fdb.embedded.tree.TreeCursor;
import io.caisson.fdb.embedded.tree.TreeFailure;
import io.caisson.fdb.embedded.tree.TreeStore;
import io.caisson.fdb.embedded.tree.TreeWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Does again what the journal's records say, several records in one transaction of the tree. Used
 * by whoever opens the database, before anybody else sees the tree.
 */
final class TreeReplay {
  private static final long TRANSACTION_BYTES = 4L << 20;

  private final TreeStore tree;
  private final List<ByteBuffer> waiting = new ArrayList<>();
  private long waitingBytes;

  TreeReplay(TreeStore tree) {
    this.tree = tree;
  }

  /** Takes the next record. */
  void add(ByteBuffer record) {
    waiting.add(record);
    waitingBytes += record.limit();
    if (waitingBytes >= TRANSACTION_BYTES) {
      finish();
    }
  }

  /** Writes what was taken and not written yet. */
  void finish() {
    while (!waiting.isEmpty()) {
      try (TreeWriter writer = tree.writer()) {
        Replayed target = new Replayed(writer);
        waiting.forEach(record -> JournalRecord.replay(record, target));
        writer.commit();
        tree.committed();
        waiting.clear();
        waitingBytes = 0;
      } catch (RuntimeException failure) {
        tree.growAfter(TreeFailure.of(failure));
      }
    }
  }

  private record Replayed(TreeWriter tree) implements Mutations {
    @Override
    public void put(byte[] key, byte[] value) {
      byte[] previous = tree.get(key);
      tree.sizeChanged(key, previous == null ? -1 : previous.length, value.length);
      tree.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      byte[] previous = tree.get(key);
      if (previous != null) {
        tree.sizeChanged(key, previous.length, -1);
        tree.delete(key);
      }
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
      TreeCursor cursor = tree.cursor();
      boolean more = cursor.seekCeiling(begin);
      while (more) {
        byte[] key = cursor.key();
        if (Arrays.compareUnsigned(key, end) >= 0) {
          return;
        }
        tree.sizeChanged(key, cursor.valueSize(), -1);
        tree.delete();
        more = cursor.next();
      }
    }

    @Override
    public void note(byte[] name, byte[] value) {
      tree.putMeta(name, value);
    }
  }
}
