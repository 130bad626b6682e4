package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Run;
import io.caisson.dataflow.batch.Batch;
import io.caisson.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes into and out of each relation of a circuit and how long it takes. Time runs for
 * one operator at a time: while it puts rows out, for the one that takes them. For the thread that
 * steps; the counts may be read by others, a little late.
 */
final class Meters {
  private final Clock clock = Clock.system();
  private final List<Meter> meters = new ArrayList<>();
  private @Nullable Meter running;
  private long since;

  Meters(int relations) {
    for (int i = 0; i < relations; i++) {
      meters.add(new Meter());
    }
  }

  Meter of(int relation) {
    return meters.get(relation);
  }

  /** What each relation has done, by its number. */
  List<OperatorMeasure> measures() {
    return meters.stream().map(Meter::measure).toList();
  }

  /** Counts and times of one relation. */
  final class Meter {
    private final List<Arrangement> state = new ArrayList<>();
    private long rowsIn;
    private long rowsOut;
    private long nanos;

    void remembers(Arrangement arrangement) {
      state.add(arrangement);
    }

    /** An output that counts what comes. */
    Output counting(Output next) {
      return batch -> {
        rowsOut += batch.size();
        next.emit(batch);
      };
    }

    /** An operator's way to take a batch, counted and timed. */
    Output timing(Output operator) {
      return batch -> {
        rowsIn += batch.size();
        run(() -> operator.emit(batch));
      };
    }

    /** Runs a part of the operator. */
    void run(Runnable part) {
      Meter before = turn(this);
      part.run();
      var unused = turn(before);
    }

    private OperatorMeasure measure() {
      long rows = 0;
      long bytes = 0;
      for (Arrangement arrangement : state) {
        rows += arrangement.rowsAtMost();
        bytes += arrangement.memoryBytes();
        bytes += arrangement.runs().stream().mapToLong(Run::byteCount).sum();
      }
      return new OperatorMeasure(rowsIn, rowsOut, nanos, rows, bytes);
    }
  }

  private @Nullable Meter turn(@Nullable Meter next) {
    long now = clock.monotonicNanos();
    Meter before = running;
    if (before != null) {
      before.nanos += now - since;
    }
    running = next;
    since = now;
    return before;
  }

  /** Counts a batch that comes from outside. */
  Output input(int relation, Output next) {
    Meter meter = of(relation);
    return (Batch batch) -> {
      meter.rowsIn += batch.size();
      meter.rowsOut += batch.size();
      next.emit(batch);
    };
  }
}
