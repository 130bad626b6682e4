package io.caisson.benchmarks.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.Txn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * LMDB with the least that commits of many threads in groups can do: a queue, one thread that puts
 * all that wait into one synced commit, and a future that each of them waits for. No versions, no
 * conflict checks, no reading of what others wrote: the bound of what a store on this tree can
 * reach on a machine.
 */
@State(Scope.Benchmark)
public class GroupedTree {
  private static final long MAP_BYTES = 1L << 30;

  private final LinkedBlockingQueue<Put> waiting = new LinkedBlockingQueue<>();
  private Path directory = Path.of("");
  private @Nullable Thread committer;

  @SuppressWarnings("NullAway.Init") // set up by JMH
  private Env<ByteBuffer> environment;

  @SuppressWarnings("NullAway.Init") // set up by JMH
  private Dbi<ByteBuffer> tree;

  private record Put(byte[] key, byte[] value, CompletableFuture<Void> done) {}

  /** Random numbers of each thread. */
  @State(Scope.Thread)
  public static class Numbers {
    private final SplittableRandom random = new SplittableRandom();
  }

  /** Opens and fills the tree. */
  @Setup
  public void open() {
    directory = Workload.newDirectory();
    environment = Env.create().setMapSize(MAP_BYTES).setMaxDbs(1).open(directory.toFile());
    tree = environment.openDbi("keys", DbiFlags.MDB_CREATE);
    var random = new SplittableRandom(1);
    var all = new ArrayList<Put>();
    for (int i = 0; i < Workload.KEYS; i++) {
      all.add(new Put(Workload.key(i), Workload.value(random), new CompletableFuture<>()));
    }
    commit(all);
    committer = new Thread(this::commitGroups, "committer");
    committer.start();
  }

  /** Removes the tree. */
  @TearDown
  public void close() throws InterruptedException {
    if (committer != null) {
      committer.interrupt();
      committer.join();
    }
    environment.close();
    Workload.delete(directory);
  }

  /** One key in a transaction, synced, by many threads at once. */
  @Benchmark
  @Threads(64)
  public void singlePutOf64Threads(Numbers numbers) {
    byte[] key = Workload.key(numbers.random.nextInt(Workload.KEYS));
    var put = new Put(key, Workload.value(numbers.random), new CompletableFuture<>());
    waiting.add(put);
    put.done.join();
  }

  private void commitGroups() {
    try {
      while (true) {
        var group = new ArrayList<Put>();
        group.add(waiting.take());
        waiting.drainTo(group);
        commit(group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(List<Put> group) {
    ByteBuffer key = ByteBuffer.allocateDirect(64);
    ByteBuffer value = ByteBuffer.allocateDirect(128);
    try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
      for (Put put : group) {
        key.clear().put(put.key).flip();
        value.clear().put(put.value).flip();
        tree.put(transaction, key, value);
      }
      transaction.commit();
    }
    group.forEach(put -> put.done.complete(null));
  }
}
