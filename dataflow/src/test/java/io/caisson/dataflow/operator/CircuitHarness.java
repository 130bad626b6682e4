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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drives a circuit in hostile ways: rows cut anyhow into batches and steps, checkpoints, merges and
 * restarts from the last checkpoint in between. It also adds up the changes that each step reports,
 * which must give the view's rows. For one thread.
 */
final class CircuitHarness {
  /**
   * A row that comes to an input or is taken back from it.
   *
   * @param input which input
   * @param row its values
   * @param weight how often it comes, negative where it is taken back
   * @param watermark what the input's watermark was before it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Change(int input, @Nullable Object[] row, long weight, long watermark) {}

  /**
   * What happens to all inputs, in order.
   *
   * @param types types of each input's columns
   * @param changes what happens
   */
  record History(List<List<SqlType>> types, List<Change> changes) {
    /** The history of a single input. */
    static History of(
        List<SqlType> types,
        List<@Nullable Object[]> rows,
        List<Long> weights,
        List<Long> watermarks) {
      var changes = new ArrayList<Change>();
      for (int i = 0; i < rows.size(); i++) {
        changes.add(new Change(0, rows.get(i), weights.get(i), watermarks.get(i)));
      }
      return new History(List.of(types), changes);
    }

    /** The rows of an input. */
    List<@Nullable Object[]> rows(int input) {
      return of(input).map(Change::row).toList();
    }

    /** Their weights. */
    List<Long> weights(int input) {
      return of(input).map(Change::weight).toList();
    }

    private Stream<Change> of(int input) {
      return changes.stream().filter(change -> change.input() == input);
    }

    int size() {
      return changes.size();
    }

    /** Gives a part of it to a circuit, neighbours of one input as one batch. */
    void process(int from, int to, Circuit circuit) {
      int start = from;
      for (int at = from + 1; at <= to; at++) {
        if (at == to || changes.get(at).input() != changes.get(start).input()) {
          int input = changes.get(start).input();
          circuit.process(input, batch(start, at));
          circuit.advance(input, changes.get(at - 1).watermark());
          start = at;
        }
      }
    }

    private Batch batch(int from, int to) {
      List<SqlType> columns = types.get(changes.get(from).input());
      var builder = new ColumnsBuilder(columns);
      long[] weights = new long[to - from];
      long[] watermarks = new long[to - from];
      boolean inserts = true;
      for (int i = from; i < to; i++) {
        Change change = changes.get(i);
        for (int column = 0; column < columns.size(); column++) {
          add(builder.column(column), change.row()[column]);
        }
        weights[i - from] = change.weight();
        watermarks[i - from] = change.watermark();
        inserts &= change.weight() == 1;
      }
      return new Batch(builder.build(), inserts ? null : weights, watermarks);
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
    step(history, 0, history.size());
  }

  /** One row a step. */
  void feedOneByOne(History history) {
    for (int i = 0; i < history.size(); i++) {
      step(history, i, i + 1);
    }
  }

  private void step(History history, int from, int to) {
    history.process(from, to, circuit);
    note(circuit.endStep());
  }

  /** Random steps of random batches, with checkpoints, merges, crashes and restarts in between. */
  void feedAnyhow(History history, SplittableRandom random) {
    int at = 0;
    int size = history.size();
    while (at < size) {
      int stepEnd = Math.min(size, at + 1 + random.nextInt(1 + random.nextInt(200)));
      while (at < stepEnd) {
        int batchEnd = at + 1 + random.nextInt(stepEnd - at);
        history.process(at, batchEnd, circuit);
        at = batchEnd;
      }
      note(circuit.endStep());
      circuit.free(random.nextInt(4));
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

  /** How many rows the operators' state has, without the view's rows and late rows. */
  long stateRows() {
    long rows = 0;
    for (var entry : circuit.arrangements().entrySet()) {
      if (!entry.getKey().equals(CircuitBuilder.ROWS)
          && !entry.getKey().equals(CircuitBuilder.LATE)) {
        try (Snapshot snapshot = entry.getValue().snapshot()) {
          Cursor cursor = snapshot.cursor();
          for (boolean more = cursor.first(); more; more = cursor.next()) {
            rows++;
          }
        }
      }
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
