package io.caisson.fdb.embedded;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Random transactions that write without reading, and what a database holds after the first so many
 * of them in the order of their versionstamps. Each adds one to a counter, so that a database tells
 * how many it holds. One thread makes them; they are compared when all are committed.
 */
final class RandomCommits {
  private static final int KEYS = 200;
  private static final byte[] COUNT = Tuple.from("count").pack();
  private static final byte[] END = {(byte) 0xff};

  private final SplittableRandom random;
  private final List<Commit> commits = new ArrayList<>();

  /** A mutation, and a value that depends on the versionstamp if there is none. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Change(MutationType type, byte[] first, byte[] second) {}

  private static final class Commit {
    private final List<Change> changes = new ArrayList<>();
    private @Nullable CompletableFuture<byte[]> stamp;

    private byte[] stamp() {
      return stamp == null ? new byte[0] : stamp.join();
    }
  }

  RandomCommits(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Commits one more.
   *
   * @return completes in the thread that commits
   */
  CompletableFuture<Void> commit(EmbeddedDatabase database) {
    Commit commit = new Commit();
    Transaction transaction = database.createTransaction(Runnable::run);
    int changes = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 4);
    for (int i = 0; i < changes; i++) {
      change(transaction, commit);
    }
    transaction.mutate(MutationType.ADD, COUNT, number(1));
    commit.stamp = transaction.getVersionstamp();
    commits.add(commit);
    return transaction.commit().whenComplete((done, failure) -> transaction.close());
  }

  private void change(Transaction transaction, Commit commit) {
    byte[] key = key();
    switch (random.nextInt(12)) {
      case 0 -> {
        transaction.clear(key);
        commit.changes.add(new Change(MutationType.COMPARE_AND_CLEAR, key, key));
      }
      case 1 -> {
        byte[] other = key();
        boolean ordered = Arrays.compareUnsigned(key, other) <= 0;
        byte[] begin = ordered ? key : other;
        byte[] end = random.nextInt(3) == 0 ? begin : ordered ? other : key;
        transaction.clear(begin, end);
        commit.changes.add(new Change(MutationType.BIT_AND, begin, end));
      }
      case 2, 3 -> {
        byte[] operand = number(random.nextInt(1_000));
        transaction.mutate(MutationType.BYTE_MAX, key, operand);
        commit.changes.add(new Change(MutationType.BYTE_MAX, key, operand));
      }
      case 4 -> {
        Tuple log = Tuple.from("log", random.nextInt(20), Versionstamp.incomplete());
        transaction.mutate(
            MutationType.SET_VERSIONSTAMPED_KEY, log.packWithVersionstamp(), new byte[9]);
        commit.changes.add(
            new Change(
                MutationType.SET_VERSIONSTAMPED_KEY,
                Tuple.from("log", log.getLong(1)).pack(),
                new byte[9]));
      }
      default -> {
        byte[] value = value();
        transaction.set(key, value);
        commit.changes.add(new Change(MutationType.SET_VERSIONSTAMPED_VALUE, key, value));
      }
    }
  }

  private byte[] key() {
    int number = random.nextInt(KEYS);
    Tuple key = Tuple.from("key", number);
    return (number % 9 == 0 ? key.add("long".repeat(150 + number)) : key).pack();
  }

  private byte[] value() {
    int length =
        switch (random.nextInt(20)) {
          case 0 -> random.nextInt(30_000);
          case 1, 2, 3 -> random.nextInt(3_000);
          default -> random.nextInt(100);
        };
    byte[] value = new byte[length];
    random.nextBytes(value);
    return value;
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
  }

  /** How many of the transactions a database holds. */
  static long count(ReadTransaction read) {
    byte[] stored = read.get(COUNT).join();
    return stored == null ? 0 : ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** What a database holds; it reads the same both ways. */
  static String digest(ReadTransaction read) {
    MessageDigest up = sha();
    List<KeyValue> rows = read.getRange(new byte[0], END).asList().join();
    rows.forEach(row -> add(up, row.getKey(), row.getValue()));
    MessageDigest down = sha();
    List<KeyValue> reversed = read.getRange(new byte[0], END, 0, true).asList().join();
    for (int i = reversed.size() - 1; i >= 0; i--) {
      add(down, reversed.get(i).getKey(), reversed.get(i).getValue());
    }
    String digest = hex(up);
    return digest.equals(hex(down)) ? digest : "not the same both ways";
  }

  /** What a database is to hold after none, one, two… of the transactions. */
  List<String> digests() {
    commits.sort((left, right) -> Arrays.compareUnsigned(left.stamp(), right.stamp()));
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    List<String> digests = new ArrayList<>();
    digests.add(digest(model));
    for (Commit commit : commits) {
      // As the engine does: clears of ranges first, what follows from the stamp last.
      apply(model, commit);
      model.put(COUNT, number(digests.size()));
      digests.add(digest(model));
    }
    return digests;
  }

  private static void apply(NavigableMap<byte[], byte[]> model, Commit commit) {
    for (Change change : commit.changes) {
      switch (change.type) {
        case COMPARE_AND_CLEAR -> model.remove(change.first);
        case BIT_AND -> model.subMap(change.first, true, change.second, false).clear();
        case BYTE_MAX ->
            model.merge(
                change.first,
                change.second,
                (old, operand) -> Arrays.compareUnsigned(old, operand) >= 0 ? old : operand);
        case SET_VERSIONSTAMPED_KEY -> {
          ByteBuffer key = ByteBuffer.allocate(change.first.length + 13);
          key.put(change.first).put((byte) 0x33).put(commit.stamp()).putShort((short) 0);
          model.put(key.array(), change.second);
        }
        default -> model.put(change.first, change.second);
      }
    }
  }

  private static String digest(Map<byte[], byte[]> model) {
    MessageDigest digest = sha();
    model.forEach((key, value) -> add(digest, key, value));
    return hex(digest);
  }

  private static void add(MessageDigest digest, byte[] key, byte[] value) {
    digest.update(ByteBuffer.allocate(8).putInt(key.length).putInt(value.length).flip());
    digest.update(key);
    digest.update(value);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(MessageDigest digest) {
    return java.util.HexFormat.of().formatHex(digest.digest());
  }
}
