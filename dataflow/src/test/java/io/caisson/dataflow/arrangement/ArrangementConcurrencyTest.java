package io.caisson.dataflow.arrangement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ArrangementConcurrencyTest {
  private static final int ACCOUNTS = 3_000;
  private static final int STEPS = 2_000;

  private final MemoryBlocks blocks = new MemoryBlocks();
  private final Arrangement arrangement = Arrangement.empty(blocks);
  private final AtomicBoolean done = new AtomicBoolean();

  /** Every step moves a row of an account from one balance to another: each always has one row. */
  @Test
  void readersSeeWholeStepsWhileRunsAreWrittenMergedAndDeleted()
      throws ExecutionException, InterruptedException {
    var initial = new RowBuffer();
    for (int account = 0; account < ACCOUNTS; account++) {
      append(initial, account, 0, 1);
    }
    arrangement.add(SortedRows.of(initial));
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      Callable<Integer> reader = this::read;
      readers.add(executor.submit(reader));
      readers.add(executor.submit(reader));
      Future<?> writer = executor.submit(this::mergeUntilDone);
      step();
      done.set(true);
      for (Future<Integer> each : readers) {
        assertThat(each.get()).isPositive();
      }
      writer.get();
    } finally {
      done.set(true);
      executor.shutdownNow();
    }
    blocks.deleteDead(arrangement);
    assertThat(blocks.size()).isEqualTo(arrangement.runs().stream().mapToInt(Run::blocks).sum());
  }

  private void step() {
    var random = new SplittableRandom(1);
    long[] balances = new long[ACCOUNTS];
    for (int step = 0; step < STEPS; step++) {
      var buffer = new RowBuffer();
      for (int i = 0; i < 20; i++) {
        int account = random.nextInt(ACCOUNTS);
        append(buffer, account, balances[account], -1);
        balances[account] = random.nextInt(1_000_000);
        append(buffer, account, balances[account], 1);
      }
      arrangement.add(SortedRows.of(buffer));
      if (step % 40 == 0) {
        NewRun run = arrangement.beginCheckpoint(blocks.newId());
        blocks.write(run);
        run.complete();
      }
    }
  }

  private void mergeUntilDone() {
    while (!done.get()) {
      arrangement
          .nextMerge(blocks.newId())
          .ifPresent(
              run -> {
                blocks.write(run);
                run.complete();
              });
      blocks.deleteDead(arrangement);
    }
  }

  private int read() {
    int scans = 0;
    while (!done.get() || scans == 0) {
      try (Snapshot snapshot = arrangement.snapshot()) {
        Cursor cursor = snapshot.cursor();
        var row = new RowReader();
        int account = 0;
        for (boolean more = cursor.first(); more; more = cursor.next()) {
          row.reset(cursor.bytes(), 0);
          assertThat(row.takeLong()).isEqualTo(account++);
          assertThat(cursor.weight()).isEqualTo(1);
        }
        assertThat(account).isEqualTo(ACCOUNTS);
        scans++;
      }
    }
    return scans;
  }

  private static void append(RowBuffer buffer, long account, long balance, long weight) {
    buffer.appendLong(account);
    buffer.appendLong(balance);
    buffer.endRow(weight);
  }
}
