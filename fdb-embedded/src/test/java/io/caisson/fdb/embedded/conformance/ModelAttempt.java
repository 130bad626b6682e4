package io.caisson.fdb.embedded.conformance;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.AsyncIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of random steps on the store: what it did and what it saw. It is advanced a step
 * at a time and never tried again; whether it was committed shows in the store itself, under a key
 * that it stamps. Used by one thread at a time.
 */
final class ModelAttempt {
  /** Longest results are printed as their ends. */
  private static final int PRINTED = 60;

  final int id;
  final boolean readsOwnWrites;
  final boolean snapshotsSeeOwnWrites;
  final List<ModelStep> steps = new ArrayList<>();
  final List<String> seen = new ArrayList<>();

  private final List<ModelStep> plan = new ArrayList<>();
  private final Database database;
  private final byte[] prefix;
  private final long fixedVersion;
  private final boolean beginsWithVersion;
  private @Nullable Transaction transaction;
  private long readVersion = -1;
  private int failure;
  private byte @Nullable [] stamp;

  ModelAttempt(
      int id,
      Database database,
      byte[] prefix,
      SplittableRandom random,
      long earlier,
      boolean compareAndClear) {
    this.id = id;
    this.database = database;
    this.prefix = prefix;
    this.readsOwnWrites = random.nextInt(8) > 0;
    this.snapshotsSeeOwnWrites = random.nextInt(4) > 0;
    this.fixedVersion = random.nextInt(6) == 0 ? earlier : -1;
    this.beginsWithVersion = random.nextBoolean();
    for (int count = 1 + random.nextInt(6); count > 0; count--) {
      ModelStep step = ModelStep.any(random);
      plan.add(compareAndClear ? step : step.withoutCompareAndClear());
    }
    if (random.nextInt(6) == 0) {
      plan.add(ModelStep.stamping(random));
    }
  }

  boolean writes() {
    return plan.stream().anyMatch(step -> step.kind().isWrite());
  }

  long readVersion() {
    return readVersion;
  }

  int failure() {
    return failure;
  }

  byte @Nullable [] stamp() {
    return stamp;
  }

  void committedWith(byte[] found) {
    stamp = found;
  }

  /** The version that this transaction's commit made. */
  long commitVersion() {
    return stamp == null ? -1 : Bytes.bigEndian(stamp, 0);
  }

  static byte[] marker(byte[] prefix, int id) {
    return Bytes.join(prefix, Bytes.bytes("!log/" + id));
  }

  /** Does one step, or the commit after the last; false when there is nothing left to do. */
  boolean advance() {
    try {
      if (transaction == null) {
        transaction = begin();
        return true;
      }
      if (steps.size() < plan.size()) {
        ModelStep step = plan.get(steps.size());
        seen.add(perform(transaction, step));
        steps.add(step);
        return true;
      }
      commit(transaction);
      transaction.close();
      return false;
    } catch (CompletionException | FDBException refused) {
      return fail(refused);
    }
  }

  private boolean fail(RuntimeException refused) {
    Throwable cause = ConformanceTest.unwrapped(refused);
    if (!(cause instanceof FDBException known)) {
      throw refused;
    }
    failure = known.getCode();
    if (transaction != null) {
      transaction.close();
    }
    return false;
  }

  private Transaction begin() {
    Transaction begun = database.createTransaction();
    if (!readsOwnWrites) {
      begun.options().setReadYourWritesDisable();
    }
    if (!snapshotsSeeOwnWrites) {
      begun.options().setSnapshotRywDisable();
    }
    if (fixedVersion > 0) {
      begun.setReadVersion(fixedVersion);
    }
    if (beginsWithVersion) {
      readVersion = begun.getReadVersion().join();
    }
    if (writes()) {
      begun.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, marker(prefix, id), new byte[14]);
    }
    return begun;
  }

  private void commit(Transaction open) {
    if (steps.stream().anyMatch(step -> !step.kind().isWrite())) {
      readVersion = open.getReadVersion().join();
    }
    CompletableFuture<byte[]> future = open.getVersionstamp();
    open.commit().join();
    stamp = writes() ? future.join() : null;
  }

  private byte[] absolute(byte[] key) {
    return Bytes.join(prefix, key);
  }

  private String perform(Transaction open, ModelStep step) {
    byte[] key = absolute(step.key());
    byte[] other = absolute(step.other());
    ReadTransaction reader = step.snapshot() ? open.snapshot() : open;
    switch (step.kind()) {
      case GET -> {
        return text(reader.get(key).join());
      }
      case SELECT -> {
        return relative(reader.getKey(step.beginSelector(prefix)).join());
      }
      case RANGE, ITERATE -> {
        return range(reader, step);
      }
      case READ_CONFLICT -> open.addReadConflictRange(key, other);
      case WRITE_CONFLICT -> open.addWriteConflictRange(key, other);
      case SET -> open.set(key, step.operand());
      case CLEAR -> open.clear(key);
      case CLEAR_RANGE -> open.clear(key, other);
      case MUTATE -> open.mutate(step.type(), key, step.operand());
      case STAMP_VALUE -> open.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, new byte[14]);
      case STAMP_KEY ->
          open.mutate(
              MutationType.SET_VERSIONSTAMPED_KEY,
              Bytes.join(key, new byte[10], Bytes.littleEndian(key.length, 4)),
              step.operand());
    }
    return "";
  }

  private String range(ReadTransaction reader, ModelStep step) {
    var range =
        reader.getRange(
            step.beginSelector(prefix),
            step.endSelector(prefix),
            step.limit(),
            step.reverse(),
            step.mode());
    List<String> rows = new ArrayList<>();
    if (step.kind() == ModelStep.Kind.RANGE) {
      for (KeyValue row : range.asList().join()) {
        rows.add(relative(row.getKey()) + "=" + text(row.getValue()));
      }
    } else {
      AsyncIterator<KeyValue> iterator = range.iterator();
      while (iterator.hasNext()) {
        KeyValue row = iterator.next();
        rows.add(relative(row.getKey()) + "=" + text(row.getValue()));
      }
    }
    return rows.toString();
  }

  private String relative(byte[] key) {
    return key.length < prefix.length || !Arrays.equals(prefix, Arrays.copyOf(key, prefix.length))
        ? "outside: " + text(key)
        : text(Arrays.copyOfRange(key, prefix.length, key.length));
  }

  static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "null";
    }
    String hex = HexFormat.of().formatHex(bytes);
    return hex.length() > PRINTED ? bytes.length + ":" + hex.substring(hex.length() - 8) : hex;
  }

  @Override
  public String toString() {
    StringBuilder trace = new StringBuilder("  transaction " + id);
    trace.append(readsOwnWrites ? "" : ", own writes unread");
    trace.append(snapshotsSeeOwnWrites ? "" : ", snapshots without own writes");
    trace.append(", read version ").append(readVersion);
    if (stamp != null) {
      trace.append(", committed at ").append(HexFormat.of().formatHex(stamp));
      trace.append(" = ").append(commitVersion());
    }
    trace.append(failure == 0 ? "" : ", failed with " + failure);
    for (int i = 0; i < steps.size(); i++) {
      trace.append("\n    ").append(steps.get(i));
      trace.append(seen.get(i).isEmpty() ? "" : " -> " + seen.get(i));
    }
    return trace.toString();
  }
}
