package io.caisson.dataflow.operator;

import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.NewRun;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Run;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.dataflow.watermark.WatermarkTracker;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The operators of one view, wired, and all the arrangements in which they and the view's rows lie.
 * {@link CircuitBuilder} makes it.
 *
 * <p>A step is any number of {@link #process} and one {@link #endStep}; between steps {@link
 * #beginCheckpoint} may be called. One thread does this. The arrangements may be read by others.
 * After an exception the circuit is to be made anew from its last checkpoint.
 */
public final class Circuit {
  /** A page of what a step gives up, so that closing many windows at once is not one great step. */
  private static final int FREED_ROWS = 20_000;

  private final List<Output> inputs;
  private final List<Stage> stages;
  private final ArrangeOperator rows;
  private final Optional<ArrangeOperator> late;
  private final Optional<ArrangeOperator> errors;
  private final Meters meters;
  private final Map<String, Arrangement> arrangements;
  private final long[] watermarks;

  /**
   * A circuit.
   *
   * @param inputs where the changes of each input go
   * @param stages the operators, each behind those that it reads from
   * @param end where rows come out
   * @param arrangements all arrangements by name
   */
  Circuit(List<Output> inputs, List<Stage> stages, End end, Map<String, Arrangement> arrangements) {
    this.inputs = List.copyOf(inputs);
    this.stages = List.copyOf(stages);
    this.rows = end.rows();
    this.late = Optional.ofNullable(end.exits().late());
    this.errors = Optional.ofNullable(end.exits().errors());
    this.meters = end.meters();
    this.arrangements = new LinkedHashMap<>(arrangements);
    this.watermarks = new long[inputs.size()];
    Arrays.fill(watermarks, WatermarkTracker.NONE);
  }

  /**
   * The first step of a new view, without input. To be done once: some results have a row before
   * there is any input. Does no harm to a view that is taken up again.
   */
  public StepOutput initialize() {
    return endStep();
  }

  /**
   * Takes a change of an input.
   *
   * @param input the input's number, in the order in which the builder made them
   */
  public void process(int input, Batch batch) {
    if (batch.size() > 0) {
      inputs.get(input).emit(batch);
    }
  }

  /**
   * Says how far an input's event time has come with the rows given so far.
   *
   * @param input the input's number
   * @param watermark its watermark, which never goes back
   */
  public void advance(int input, long watermark) {
    watermarks[input] = Math.max(watermarks[input], watermark);
  }

  /**
   * Ends a step: afterwards the arrangements contain all that was taken in, and a page of what no
   * further input can touch has been given up.
   */
  public StepOutput endStep() {
    stages.forEach(stage -> stage.endStep(watermarks));
    SortedRows lateRows = late.map(ArrangeOperator::endStep).orElse(SortedRows.EMPTY);
    SortedRows errorRows = errors.map(ArrangeOperator::endStep).orElse(SortedRows.EMPTY);
    free(FREED_ROWS);
    return new StepOutput(rows.endStep(), lateRows, errorRows);
  }

  /** Gives up state that no further input can touch, up to so many rows of each operator. */
  void free(int most) {
    for (Stage stage : stages) {
      stage.operator().free(watermarks, most);
    }
  }

  /**
   * Seals all arrangements at one moment, between two steps, to write what changed since the last
   * checkpoint. They belong together: all are completed once one manifest names the runs of all, or
   * all are abandoned.
   *
   * @param runIds gives a number for each run, under which no blocks are stored yet
   * @return the runs to write, by the arrangement's name
   */
  public Map<String, NewRun> beginCheckpoint(LongSupplier runIds) {
    var runs = new LinkedHashMap<String, NewRun>();
    arrangements.forEach(
        (name, arrangement) -> runs.put(name, arrangement.beginCheckpoint(runIds.getAsLong())));
    return runs;
  }

  /** All arrangements by name. The names are the same each time the same circuit is built. */
  public Map<String, Arrangement> arrangements() {
    return Map.copyOf(arrangements);
  }

  /** The view's rows. */
  public Arrangement rows() {
    return rows.rows();
  }

  /** How the view's rows are encoded. */
  public RowCodec rowCodec() {
    return rows.codec();
  }

  /** The rows that came too late, where the view has windows. */
  public Optional<Arrangement> late() {
    return late.map(ArrangeOperator::rows);
  }

  /** How the late rows are encoded. */
  public Optional<RowCodec> lateCodec() {
    return late.map(ArrangeOperator::codec);
  }

  /** The rows that expressions failed on, where they are kept. */
  public Optional<Arrangement> errors() {
    return errors.map(ArrangeOperator::rows);
  }

  /** How they are encoded. */
  public Optional<RowCodec> errorCodec() {
    return errors.map(ArrangeOperator::codec);
  }

  /** How many bytes of memory it takes, about. */
  public long memoryBytes() {
    long bytes = rows.memoryBytes() + late.map(ArrangeOperator::memoryBytes).orElse(0L);
    bytes += errors.map(ArrangeOperator::memoryBytes).orElse(0L);
    for (Stage stage : stages) {
      bytes += stage.operator().memoryBytes();
    }
    return bytes + changedBytes();
  }

  /** How many bytes of it a checkpoint would bring to the store, about. */
  public long changedBytes() {
    return arrangements.values().stream().mapToLong(Arrangement::memoryBytes).sum();
  }

  /** What each relation has done since the circuit was built, by its number. */
  public List<OperatorMeasure> measures() {
    return meters.measures();
  }

  /**
   * Where rows come out.
   *
   * @param rows the view's rows
   * @param exits those that leave by a side exit
   * @param meters what is measured on the way
   */
  record End(ArrangeOperator rows, CircuitBuilder.Exits exits, Meters meters) {}

  /** How many bytes all of its state takes, in memory and in stored runs, about. */
  public long stateBytes() {
    return memoryBytes()
        + arrangements.values().stream()
            .flatMap(arrangement -> arrangement.runs().stream())
            .mapToLong(Run::byteCount)
            .sum();
  }

  /** An operator, where its output goes, and what measures it. */
  record Stage(Operator operator, Output next, Meters.Meter meter) {
    void endStep(long[] watermarks) {
      meter.run(
          () -> {
            operator.advance(watermarks);
            operator.endStep(next);
          });
    }
  }
}
