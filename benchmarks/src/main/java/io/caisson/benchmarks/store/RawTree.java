package io.caisson.benchmarks.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.GetOp;
import org.lmdbjava.Txn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** LMDB through lmdbjava as its users write it: synced commits, one writer, no conflict checks. */
@State(Scope.Benchmark)
public class RawTree {
  private static final long MAP_BYTES = 1L << 30;

  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init") // set up by JMH
  private Env<ByteBuffer> environment;

  @SuppressWarnings("NullAway.Init") // set up by JMH
  private Dbi<ByteBuffer> tree;

  /** Buffers and random numbers of each thread. */
  @State(Scope.Thread)
  public static class Buffers {
    private final SplittableRandom random = new SplittableRandom();
    private final ByteBuffer key = ByteBuffer.allocateDirect(64);
    private final ByteBuffer value = ByteBuffer.allocateDirect(128);

    private ByteBuffer key(long number) {
      return key.clear().put(Workload.key(number)).flip();
    }

    private ByteBuffer value() {
      return value.clear().put(Workload.value(random)).flip();
    }
  }

  /** Opens and fills the tree. */
  @Setup
  public void open(Buffers buffers) {
    directory = Workload.newDirectory();
    environment = Env.create().setMapSize(MAP_BYTES).setMaxDbs(1).open(directory.toFile());
    tree = environment.openDbi("keys", DbiFlags.MDB_CREATE);
    try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
      for (int i = 0; i < Workload.KEYS; i++) {
        tree.put(transaction, buffers.key(i), buffers.value());
      }
      transaction.commit();
    }
  }

  /** Removes the tree. */
  @TearDown
  public void close() {
    environment.close();
    Workload.delete(directory);
  }

  /** Random keys, so many in a transaction. */
  @Benchmark
  @OperationsPerInvocation(Workload.READS)
  public void pointReads(Buffers buffers, Blackhole hole) {
    try (Txn<ByteBuffer> transaction = environment.txnRead()) {
      for (int i = 0; i < Workload.READS; i++) {
        ByteBuffer key = buffers.key(buffers.random.nextInt(Workload.KEYS));
        hole.consume(bytes(tree.get(transaction, key)));
      }
    }
  }

  /** Neighbouring keys with their values. */
  @Benchmark
  @OperationsPerInvocation(Workload.SCANNED)
  public void rangeScan(Buffers buffers, Blackhole hole) {
    int first = buffers.random.nextInt(Workload.KEYS - Workload.SCANNED);
    try (Txn<ByteBuffer> transaction = environment.txnRead();
        Cursor<ByteBuffer> cursor = tree.openCursor(transaction)) {
      boolean found = cursor.get(buffers.key(first), GetOp.MDB_SET_RANGE);
      for (int i = 0; found && i < Workload.SCANNED; i++) {
        hole.consume(bytes(cursor.key()));
        hole.consume(bytes(cursor.val()));
        found = cursor.next();
      }
    }
  }

  /** One large transaction, synced. */
  @Benchmark
  @OperationsPerInvocation(Workload.PUTS)
  public void thousandPuts(Buffers buffers) {
    put(buffers, Workload.PUTS);
  }

  /** One key in a transaction, synced, by one thread. */
  @Benchmark
  public void singlePut(Buffers buffers) {
    put(buffers, 1);
  }

  private void put(Buffers buffers, int puts) {
    try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
      for (int i = 0; i < puts; i++) {
        int number = buffers.random.nextInt(Workload.KEYS);
        tree.put(transaction, buffers.key(number), buffers.value());
      }
      transaction.commit();
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
