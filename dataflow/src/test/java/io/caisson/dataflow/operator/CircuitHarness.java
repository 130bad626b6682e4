package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.column.DoubleColumn;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.MemoryBlocks;
import io.caisson.dataflow.arrangement.NewRun;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Run;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drives a circuit in hostile ways: rows cut anyhow into batches and steps, checkpoints, merges and
 * restarts from the last checkpoint in between. It also adds up the changes that each step reports,
 * which must give the view's rows. For one thread.
 */
final class CircuitHarness {
  /** Rows of a history with their weights and the watermarks before them. */
  record History(
      List<SqlType> types,
      List<@Nullable Object[]> rows,
      List<Long> weights,
      List<Long> watermarks) {
    Batch batch(int from, int to) {
      var builder = new ColumnsBuilder(types);
      long[] weightsOfBatch = new long[to - from];
      long[] watermarksOfBatch = new long[to - from];
      boolean inserts = true;
      for (int i = from; i < to; i++) {
        for (int column = 0; column < types.size(); column++) {
          add(builder.column(column), rows.get(i)[column]);
        }
        weightsOfBatch[i - from] = weights.get(i);
        watermarksOfBatch[i - from] = watermarks.get(i);
        inserts &= weights.get(i) == 1;
      }
      return new Batch(builder.build(), inserts ? null : weightsOfBatch, watermarksOfBatch);
    }

    private static void add(ColumnBuilder column, @Nullable Object value) {
      if (value == null) {
        column.addNull();
      } else if (value instanceof Long number) {
        column.addLong(number);
      } else if (value instanceof Double number) {
        column.addDouble(number);
      } else {
        column.addText((String) value);
      }
    }
  }

  private final Function<ArrangementOpener, Circuit> plan;
  private final MemoryBlocks blocks = new MemoryBlocks();
  private Map<String, List<Run>> manifest = new HashMap<>();
  private int frontier;
  private Circuit circuit;
  private Map<String, Long> changes = new TreeMap<>();
  private Map<String, Long> checkpointedChanges = new TreeMap<>();

  CircuitHarness(Function<ArrangementOpener, Circuit> plan) {
    this.plan = plan;
    circuit = open();
  }

  private Circuit open() {
    return plan.apply(name -> Arrangement.restore(manifest.getOrDefault(name, List.of()), blocks));
  }

  Circuit circuit() {
    return circuit;
  }

  /** All rows in a single step. */
  void feedAtOnce(History history) {
    note(circuit.step(List.of(history.batch(0, history.rows().size()))));
  }

  /** One row a step. */
  void feedOneByOne(History history) {
    for (int i = 0; i < history.rows().size(); i++) {
      note(circuit.step(List.of(history.batch(i, i + 1))));
    }
  }

  /** Random steps of random batches, with checkpoints, merges, crashes and restarts in between. */
  void feedAnyhow(History history, SplittableRandom random) {
    int at = 0;
    int size = history.rows().size();
    while (at < size) {
      int stepEnd = Math.min(size, at + 1 + random.nextInt(1 + random.nextInt(200)));
      while (at < stepEnd) {
        int batchEnd = at + 1 + random.nextInt(stepEnd - at);
        circuit.process(history.batch(at, batchEnd));
        at = batchEnd;
      }
      note(circuit.endStep());
      switch (random.nextInt(6)) {
        case 0 -> checkpoint(at);
        case 1 -> {
          checkpoint(at);
          restart();
        }
        case 2 -> {
          restart();
          at = frontier;
          if (random.nextInt(3) == 0) {
            checkpoint(at);
          }
        }
        case 3 -> merge();
        case 4 -> circuit.beginCheckpoint(blocks::newId).values().forEach(NewRun::abandon);
        default -> {}
      }
    }
  }

  private void checkpoint(int position) {
    Map<String, NewRun> runs = circuit.beginCheckpoint(blocks::newId);
    var written = new HashMap<String, List<Run>>();
    runs.forEach((name, run) -> written.put(name, blocks.write(run)));
    manifest = written;
    frontier = position;
    checkpointedChanges = new TreeMap<>(changes);
    runs.values().forEach(NewRun::complete);
    circuit.arrangements().values().forEach(blocks::deleteDead);
  }

  private void restart() {
    circuit = open();
    changes = new TreeMap<>(checkpointedChanges);
  }

  private void merge() {
    circuit
        .arrangements()
        .forEach(
            (name, arrangement) ->
                arrangement
                    .nextMerge(blocks.newId())
                    .ifPresent(
                        run -> {
                          manifest.put(name, blocks.write(run));
                          run.complete();
                          blocks.deleteDead(arrangement);
                        }));
  }

  private void note(StepOutput output) {
    SortedRows rows = output.rows();
    Columns columns = circuit.rowCodec().decode(rows);
    for (int i = 0; i < rows.size(); i++) {
      changes.merge(text(columns, i), rows.weight(i), Long::sum);
    }
    changes.values().removeIf(weight -> weight == 0);
  }

  /** The view's rows as text, each as often as its weight, sorted; from the arrangement. */
  List<String> rows() {
    List<String> rows = read(circuit.rows(), circuit.rowCodec());
    var fromChanges = new ArrayList<String>();
    changes.forEach((row, weight) -> addTimes(fromChanges, row, weight));
    fromChanges.sort(Comparator.naturalOrder());
    if (!rows.equals(fromChanges)) {
      throw new AssertionError("rows " + rows + " but the changes add up to " + fromChanges);
    }
    return rows;
  }

  /** The late rows. */
  List<String> late() {
    return read(circuit.late().orElseThrow(), circuit.lateCodec().orElseThrow());
  }

  private static List<String> read(Arrangement arrangement, RowCodec codec) {
    var result = new ArrayList<String>();
    var builder = new ColumnsBuilder(codec.types());
    var reader = new RowReader();
    var weights = new ArrayList<Long>();
    try (Snapshot snapshot = arrangement.snapshot()) {
      Cursor cursor = snapshot.cursor();
      for (boolean more = cursor.first(); more; more = cursor.next()) {
        reader.reset(cursor.bytes(), 0);
        codec.decode(reader, builder);
        weights.add(cursor.weight());
      }
    }
    Columns columns = builder.build();
    for (int i = 0; i < weights.size(); i++) {
      addTimes(result, text(columns, i), weights.get(i));
    }
    result.sort(Comparator.naturalOrder());
    return result;
  }

  private static void addTimes(List<String> rows, String row, long weight) {
    if (weight < 0) {
      throw new AssertionError(row + " has weight " + weight);
    }
    for (long i = 0; i < weight; i++) {
      rows.add(row);
    }
  }

  private static String text(Columns columns, int row) {
    var values = new ArrayList<@Nullable Object>();
    for (Column column : columns.columns()) {
      if (column.isNull(row)) {
        values.add(null);
      } else if (column instanceof LongColumn c) {
        values.add(c.value(row));
      } else if (column instanceof DoubleColumn c) {
        values.add(c.value(row));
      } else if (column instanceof BytesColumn c) {
        values.add(c.text(row));
      }
    }
    return values.toString();
  }
}
