package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Threads that write numbered transactions without end, and say which of them are committed. Each
 * transaction changes several things that belong together:
 *
 * <pre>
 *   ("row", thread, number)            → bytes that follow from both; the last so many are kept
 *   ("index", colour, thread, number)  → nothing; one for each row
 *   ("last", thread)                   → number
 *   ("count")                          → how many transactions there were, added up blindly
 *   ("log", versionstamp, thread)      → number
 * </pre>
 */
final class CrashChild {
  /** Writers. */
  static final int THREADS = 4;

  /** Rows that each writer keeps. */
  static final int KEPT = 20;

  private static final int COLOURS = 5;
  private static final int LARGEST_ROW = 9_000;

  private CrashChild() {}

  static byte[] value(long thread, long number) {
    byte[] value = new byte[(int) ((number * 37 + thread * 1_009) % LARGEST_ROW)];
    Arrays.fill(value, (byte) (thread + number));
    return value;
  }

  /** Every seventh row has a key longer than LMDB's own keys may be. */
  static byte[] rowKey(long thread, long number) {
    Tuple tuple = Tuple.from("row", thread, number);
    return (number % 7 == 0 ? tuple.add("long".repeat(200)) : tuple).pack();
  }

  static byte[] indexKey(long thread, long number) {
    return Tuple.from("index", (number * 7 + thread) % COLOURS, thread, number).pack();
  }

  static byte[] lastKey(long thread) {
    return Tuple.from("last", thread).pack();
  }

  static byte[] countKey() {
    return Tuple.from("count").pack();
  }

  static long number(byte[] littleEndian) {
    return ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static byte[] one() {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(1).array();
  }

  public static void main(String[] arguments) {
    EmbeddedOptions options =
        EmbeddedOptions.defaults().withDurability(Durability.valueOf(arguments[1]));
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]), options)) {
      archive(database);
      System.out.println("open");
      Thread[] writers = new Thread[THREADS];
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        writers[i] = new Thread(() -> write(database, thread));
        writers[i].start();
      }
      for (Thread writer : writers) {
        writer.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Folds the log into one number, so that a long run does not fill the disk. */
  private static void archive(EmbeddedDatabase database) {
    database.run(
        transaction -> {
          List<KeyValue> log = transaction.getRange(Tuple.from("log").range()).asList().join();
          byte[] before = transaction.get(Tuple.from("archived").pack()).join();
          long archived = before == null ? 0 : number(before);
          transaction.set(
              Tuple.from("archived").pack(),
              ByteBuffer.allocate(Long.BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(archived + log.size())
                  .array());
          transaction.clear(Tuple.from("log").range());
          return 0;
        });
  }

  private static void write(EmbeddedDatabase database, long thread) {
    while (true) {
      long number = database.run(transaction -> write(transaction, thread));
      System.out.println("done " + thread + " " + number);
    }
  }

  private static long write(Transaction transaction, long thread) {
    byte[] last = transaction.get(lastKey(thread)).join();
    long number = last == null ? 0 : number(last) + 1;
    transaction.set(rowKey(thread, number), value(thread, number));
    transaction.set(indexKey(thread, number), new byte[0]);
    if (number >= KEPT) {
      transaction.clear(rowKey(thread, number - KEPT));
      transaction.clear(indexKey(thread, number - KEPT));
    }
    transaction.set(
        lastKey(thread),
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    transaction.mutate(MutationType.ADD, countKey(), one());
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_KEY,
        Tuple.from("log", Versionstamp.incomplete(), thread).packWithVersionstamp(),
        Tuple.from(number).pack());
    return number;
  }
}
