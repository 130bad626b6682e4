package example.scheduling;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.directory.DirectoryLayer;
import com.apple.foundationdb.directory.DirectorySubspace;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A queue in the order of the commits, whose consumers sleep on a watch. Thread-safe. */
final class Tasks {
  private static final long PATIENCE_MILLIS = 200;

  /** What a consumer found: a task, or the watch that tells of the next. */
  private record Found(String task, CompletableFuture<Void> wake) {}

  private final Database database;
  private final Subspace waiting;
  private final byte[] pulse;

  Tasks(Database database) {
    this.database = database;
    DirectorySubspace directory =
        DirectoryLayer.getDefault().createOrOpen(database, List.of("school", "tasks")).join();
    waiting = directory.get("waiting");
    pulse = directory.pack("pulse");
  }

  /** Adds a task and gives its place in the order. */
  Versionstamp add(String task) {
    byte[] stamp =
        database
            .run(
                transaction -> {
                  transaction.mutate(
                      MutationType.SET_VERSIONSTAMPED_KEY,
                      waiting.packWithVersionstamp(Tuple.from(Versionstamp.incomplete())),
                      Tuple.from(task).pack());
                  transaction.mutate(MutationType.ADD, pulse, one());
                  return transaction.getVersionstamp();
                })
            .join();
    return Versionstamp.complete(stamp);
  }

  private static byte[] one() {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(1).array();
  }

  /** The next task, waiting for it if there is none. */
  String take() throws Exception {
    while (true) {
      Found found = database.run(this::first);
      if (!found.task().isEmpty()) {
        found.wake().cancel(true);
        return found.task();
      }
      try {
        found.wake().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException nothingHeard) {
        found.wake().cancel(true); // it looks again, in case the pulse came before the watch
      }
    }
  }

  private Found first(Transaction transaction) {
    List<KeyValue> rows = transaction.getRange(waiting.range(), 1).asList().join();
    if (rows.isEmpty()) {
      return new Found("", transaction.watch(pulse));
    }
    transaction.clear(rows.get(0).getKey());
    return new Found(
        Tuple.fromBytes(rows.get(0).getValue()).getString(0),
        CompletableFuture.completedFuture(null));
  }

  int size() {
    return database.read(read -> read.getRange(waiting.range()).asList().join().size());
  }
}
