package io.caisson.dataflow.operator;

import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.RowSorter;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.error.CaissonException;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY with aggregates. Its state is one row a group: the group's columns, how many rows it
 * has, and what each aggregate must know. A step first adds its rows up by group; at its end each
 * group that was touched is looked up once, in the order of the keys, and leaves its old row taken
 * back and its new one added, in the state and in the output:
 *
 * <pre>
 *   rows of the step ──▶ group table ──▶ per group: state + change = new state
 *                                            − old row, + new row
 * </pre>
 *
 * A group without rows has no row; but without group columns there is one group, which always has a
 * row, from the first step on, be it without input. For the thread that steps.
 */
public final class AggregateOperator implements UnaryOperator {
  private final RowCodec groupCodec;
  private final List<SqlType> outputTypes;
  private final CountAccumulator rowCount =
      new CountAccumulator(
          new AggregateSpec(
              AggregateSpec.Function.COUNT, OptionalInt.empty(), OptionalInt.empty()));
  private final Accumulator[] accumulators;
  private final List<Arrangement> state;
  private final GroupTable table;
  private final boolean isGlobal;
  private final @Nullable Expiry expiry;
  private final List<ExpiredRows> expired;
  private final RowReader reader = new RowReader();
  private @Nullable ErrorOutput errors;
  private boolean globalRowExists;
  private int[] groups = new int[0];

  /**
   * Aggregates of groups.
   *
   * @param input types of the input's columns
   * @param groupColumns positions of the columns to group by; none for a single group
   * @param specs the aggregates
   * @param appendOnly whether the input never takes rows back, which makes MIN and MAX cheap
   * @param expiry when groups stand, by the first group column; null for never
   * @param opener gives the state's arrangements
   */
  public AggregateOperator(
      List<SqlType> input,
      List<Integer> groupColumns,
      List<AggregateSpec> specs,
      boolean appendOnly,
      @Nullable Expiry expiry,
      ArrangementOpener opener) {
    this.groupCodec = RowCodec.ofGroups(input, groupColumns);
    this.table = new GroupTable(groupCodec);
    this.isGlobal = groupColumns.isEmpty();
    this.accumulators = new Accumulator[specs.size()];
    this.state = new ArrayList<>();
    state.add(opener.open("groups"));
    var made = new Accumulators(input, appendOnly, opener);
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = made.of(specs.get(i), i);
      state.addAll(accumulators[i].state());
    }
    this.outputTypes = outputTypes(input, groupColumns, specs);
    this.expiry = expiry;
    this.expired = state.stream().map(ExpiredRows::new).toList();
  }

  /** The types of the output's columns: the group's, then the aggregates'. */
  static List<SqlType> outputTypes(
      List<SqlType> input, List<Integer> groupColumns, List<AggregateSpec> specs) {
    var types = new ArrayList<SqlType>();
    groupColumns.forEach(column -> types.add(input.get(column)));
    specs.forEach(spec -> types.add(Accumulators.resultType(spec, input)));
    return List.copyOf(types);
  }

  /** Puts groups aside whose results can't be given; null where that ends the view. */
  AggregateOperator puttingAside(@Nullable ErrorOutput output) {
    errors = output;
    return this;
  }

  @Override
  public void process(Batch input, Output out) {
    int size = input.size();
    if (size == 0) {
      return;
    }
    if (groups.length < size) {
      groups = new int[size];
    }
    if (isGlobal) {
      table.touchOnlyGroup();
      Arrays.fill(groups, 0, size, 0);
    } else {
      table.assign(input.rows(), groups);
    }
    rowCount.accumulate(input, groups, table);
    for (Accumulator accumulator : accumulators) {
      accumulator.accumulate(input, groups, table);
    }
  }

  @Override
  public void endStep(Output out) {
    if (isGlobal && !globalRowExists) {
      table.touchOnlyGroup();
      globalRowExists = true;
    }
    if (table.size() == 0) {
      return;
    }
    for (Accumulator accumulator : accumulators) {
      accumulator.prepare(table);
    }
    var changes = new Changes();
    try (Snapshot snapshot = state.get(0).snapshot()) {
      Cursor cursor = snapshot.cursor();
      for (int group : RowSorter.order(table.keys())) {
        update(group, cursor, changes);
      }
    }
    state.get(0).add(SortedRows.of(changes.state));
    rowCount.endStep();
    for (Accumulator accumulator : accumulators) {
      accumulator.endStep();
    }
    table.clear();
    changes.emitTo(out);
  }

  private void update(int group, Cursor cursor, Changes changes) {
    RowBuffer keys = table.keys();
    int start = keys.start(group);
    int end = keys.end(group);
    if (cursor.seekPrefix(keys.bytes(), start, end)) {
      reader.reset(cursor.bytes(), end - start);
      rowCount.read(reader);
      for (Accumulator accumulator : accumulators) {
        accumulator.read(reader);
      }
      changes.state.appendEncoded(cursor.bytes(), 0, cursor.length());
      changes.state.endRow(-1);
      changes.addOutput(group, -1);
    } else {
      rowCount.clear();
      for (Accumulator accumulator : accumulators) {
        accumulator.clear();
      }
    }
    rowCount.add(group, table);
    for (Accumulator accumulator : accumulators) {
      accumulator.add(group, table);
    }
    if (rowCount.current() != 0 || isGlobal) {
      changes.state.appendEncoded(keys.bytes(), start, end - start);
      rowCount.write(changes.state);
      for (Accumulator accumulator : accumulators) {
        accumulator.write(changes.state);
      }
      changes.state.endRow(1);
      changes.addOutput(group, 1);
    }
  }

  @Override
  public int free(long[] watermarks, int most) {
    return expiry == null ? 0 : ExpiredRows.remove(expired, expiry.through(watermarks), most);
  }

  @Override
  public List<Arrangement> state() {
    return List.copyOf(state);
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes() + 4L * groups.length;
  }

  /** What the end of a step changes in the state and in the output. */
  private final class Changes {
    private final RowBuffer state = new RowBuffer();
    private final ColumnsBuilder output = new ColumnsBuilder(outputTypes);
    private final RowReader key = new RowReader();
    private long[] weights = new long[0];
    private int size;

    /** Rows without a result, of weight 0. */
    private int failures;

    /** Adds the output row of a group whose state is loaded, if it has rows. */
    void addOutput(int group, long weight) {
      if (rowCount.current() <= 0 && !isGlobal) {
        return;
      }
      RowBuffer keys = table.keys();
      key.reset(keys.bytes(), keys.start(group));
      groupCodec.decode(key, output);
      long given = weight;
      int column = groupCodec.types().size();
      try {
        for (Accumulator accumulator : accumulators) {
          accumulator.emit(output.column(column));
          column++;
        }
      } catch (CaissonException e) {
        putAside(group, e, weight);
        given = 0;
        failures++;
        for (; column < outputTypes.size(); column++) {
          output.column(column).addNull();
        }
      }
      weights = StepArrays.grown(weights, size + 1);
      weights[size++] = given;
    }

    private void putAside(int group, CaissonException error, long weight) {
      if (errors == null) {
        throw error;
      }
      RowBuffer keys = table.keys();
      var row = new ColumnsBuilder(groupCodec.types());
      key.reset(keys.bytes(), keys.start(group));
      groupCodec.decode(key, row);
      Columns values = isGlobal ? new Columns(List.of(), 1) : row.build();
      errors.keep(values, error, weight);
    }

    private Batch withResult(Batch batch) {
      int[] kept = IntStream.range(0, size).filter(row -> weights[row] != 0).toArray();
      return Batches.gather(batch, kept, kept.length);
    }

    void emitTo(Output out) {
      if (size > 0) {
        Columns rows = outputTypes.isEmpty() ? new Columns(List.of(), size) : output.build();
        var batch = new Batch(rows, Arrays.copyOf(weights, size), null);
        out.emit(failures == 0 ? batch : withResult(batch));
      }
    }
  }
}
