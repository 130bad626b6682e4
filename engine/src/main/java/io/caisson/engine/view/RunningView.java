package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.operator.Circuit;
import io.caisson.dataflow.operator.StepOutput;
import io.caisson.engine.state.TableProgress;
import io.caisson.engine.state.ViewProgress;
import io.caisson.engine.state.ViewState;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.LogBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A materialized view at work: its circuit, how far it has come, and who follows it. The
 * maintenance thread steps it under the maintenance lock; everybody else holds that lock too,
 * except where a method says otherwise.
 */
public final class RunningView implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningView.class);

  private final ViewDefinition definition;
  private final List<ViewInput> inputs;
  private final Backfill backfill;
  private final Circuit circuit;
  private final ViewState state;
  private final List<ChangeListener> listeners = new ArrayList<>();
  private long frontier;
  private long checkpointed;
  private boolean changedSinceCheckpoint;
  private @Nullable CaissonException failure;
  private boolean broken;
  private volatile boolean closed;

  /**
   * A view that goes on where its state was left.
   *
   * @param definition the view
   * @param plan its compiled plan
   * @param state its state in the store
   * @param form what rows of its tables look like, and when commits were
   */
  public RunningView(
      ViewDefinition definition, CompiledPlan plan, ViewState state, InputForm form) {
    this.definition = definition;
    this.inputs = plan.inputs().stream().map(input -> input(input, form)).toList();
    this.state = state;
    circuit = plan.circuit().build(state::open);
    ViewProgress progress = state.progress();
    if (!progress.watermark().isEmpty()) {
      int at = 0;
      for (ViewInput input : inputs) {
        at = input.restore(progress.watermark(), at);
      }
    }
    backfill = new Backfill(inputs, progress);
    frontier = progress.frontier();
    checkpointed = frontier;
    circuit.initialize();
    changedSinceCheckpoint = !state.stored();
  }

  /** The view's definition; from any thread. */
  public ViewDefinition definition() {
    return definition;
  }

  private static ViewInput input(CatalogObject input, InputForm form) {
    return input instanceof StreamDefinition stream
        ? new StreamInput(stream, form)
        : new TableInput(input, form);
  }

  /** The logs it reads: streams, and those of tables as streams; from any thread. */
  public List<StreamDefinition> logs() {
    return inputs.stream().map(ViewInput::log).toList();
  }

  /** Up to which store version all input is in it, once its tables are. */
  public long frontier() {
    return frontier;
  }

  /** Up to which store version it has taken in a log; for the maintenance thread. */
  public long through(int input) {
    return inputs.get(input) instanceof TableInput
        ? Math.max(frontier, backfill.version())
        : frontier;
  }

  /** Whether it still has to read the rows that its tables held before it. */
  public boolean backfilling() {
    return backfill.next().isPresent();
  }

  /** Whether it is what its query says: all inputs are in it as of one version. */
  public boolean readable() {
    return !backfilling() && frontier >= backfill.version();
  }

  /** Whether it is being kept: neither failed nor broken nor closed. */
  public boolean live() {
    return failure == null && !broken && !closed;
  }

  /**
   * Whether the store failed in the middle of a step: what it has in memory is lost, its last
   * checkpoint is not.
   */
  public boolean broken() {
    return broken && !closed;
  }

  /** Whether a checkpoint would write anything. */
  public boolean dirty() {
    return live() && (changedSinceCheckpoint || frontier - checkpointed > ViewState.IDLE_VERSIONS);
  }

  /** How many bytes of memory its changes since the last checkpoint take, about. */
  public long memoryBytes() {
    return circuit.memoryBytes();
  }

  /** Throws what made it fail, if anything did. */
  public void throwIfFailed() {
    if (failure != null) {
      throw new CaissonException(
              failure.state(),
              "materialized view \""
                  + definition.name()
                  + "\" has stopped: "
                  + failure.getMessage(),
              failure)
          .withHint("drop the view and create it with a query that handles such rows");
    }
  }

  /**
   * The table that the back-fill reads next.
   *
   * @return the table, and behind which key
   */
  public Optional<NextPage> nextPage() {
    return backfill
        .next()
        .map(
            number -> {
              var table = (TableInput) inputs.get(number);
              TableProgress read = table.progress();
              return new NextPage(
                  table.table(), read == null ? null : read.key(), backfill.pending());
            });
  }

  /**
   * What the back-fill needs next.
   *
   * @param table the table to read
   * @param after behind which key; null for the beginning
   * @param page the page, where it has been read already
   */
  public record NextPage(CatalogObject table, byte @Nullable [] after, @Nullable RowPage page) {}

  /**
   * What the back-fill has read of a table.
   *
   * @param table the table
   * @param rows how many rows
   * @param complete whether that was all
   */
  public record TableStatus(CatalogObject table, long rows, boolean complete) {}

  /** How far the back-fill of each of its tables has come. */
  public List<TableStatus> tables() {
    var found = new ArrayList<TableStatus>();
    for (ViewInput input : inputs) {
      if (input instanceof TableInput table) {
        TableProgress read = table.progress();
        found.add(new TableStatus(table.table(), read == null ? 0 : read.rows(), table.complete()));
      }
    }
    return found;
  }

  /** Whether the back-fill has read rows of an input, whose changes count from then on. */
  public boolean begun(int input) {
    return inputs.get(input) instanceof TableInput table && table.begun();
  }

  /**
   * Takes in a page of a table, and what changed in the rows before it. A page that is newer than
   * that is kept for later.
   *
   * @param gained for each input, in the order of {@link #logs()}, its blocks
   * @param through up to which version they are complete
   * @param page the page, as of this version or a later one
   */
  public void backfill(List<List<LogBlock>> gained, long through, RowPage page) {
    guarded(
        () -> {
          int next = backfill.next().orElseThrow();
          backfill.keep(page);
          for (int i = 0; i < gained.size(); i++) {
            for (LogBlock block : gained.get(i)) {
              circuit.process(i, ((TableInput) inputs.get(i)).ofReadRows(block));
            }
          }
          if (page.version() == through) {
            circuit.process(next, ((TableInput) inputs.get(next)).take(page));
          }
          var unused = circuit.endStep();
          backfill.reached(through);
          changedSinceCheckpoint = true;
        });
  }

  /**
   * Takes in what its inputs gained and lost up to a version.
   *
   * @param gained for each input, in the order of {@link #logs()}, its blocks
   */
  public void step(List<List<LogBlock>> gained, long through) {
    guarded(() -> process(gained, through));
  }

  private void process(List<List<LogBlock>> gained, long through) {
    boolean any = false;
    for (int i = 0; i < gained.size(); i++) {
      for (LogBlock block : gained.get(i)) {
        circuit.process(i, inputs.get(i).batch(block));
        any = true;
      }
      circuit.advance(i, inputs.get(i).watermark());
    }
    StepOutput change =
        any
            ? circuit.endStep()
            : new StepOutput(
                io.caisson.dataflow.arrangement.SortedRows.EMPTY,
                io.caisson.dataflow.arrangement.SortedRows.EMPTY);
    changedSinceCheckpoint |= any;
    frontier = through;
    for (ChangeListener listener : List.copyOf(listeners)) {
      listener.changed(through, change);
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (CaissonException e) {
      fail(e);
    } catch (RuntimeException e) {
      LOG.error("a defect in materialized view {}", definition.name(), e);
      fail(new CaissonException(SqlState.INTERNAL_ERROR, String.valueOf(e), e));
    }
  }

  private void fail(CaissonException why) {
    if (closed) {
      return; // dropped in the middle of a step, which then misses what was cleared
    }
    LOG.warn("materialized view {} has stopped: {}", definition.name(), why.getMessage());
    if (why.state().fault() == SqlState.Fault.OPERATOR
        || why.state().fault() == SqlState.Fault.CONFLICT) {
      broken = true;
    } else {
      failure = why;
    }
    listeners.forEach(listener -> listener.ended(why));
    listeners.clear();
  }

  /** Its rows as they are; to be closed. */
  public ViewSnapshot snapshot() {
    Snapshot rows = circuit.rows().snapshot();
    RowCodec codec = circuit.rowCodec();
    return new ViewSnapshot(
        rows,
        codec,
        circuit.late().map(late -> late.snapshot()).orElse(null),
        circuit.lateCodec().orElse(null));
  }

  /** Calls a listener for each step from now on. */
  public void addListener(ChangeListener listener) {
    listeners.add(listener);
  }

  /** Calls a listener no longer. */
  public void removeListener(ChangeListener listener) {
    listeners.remove(listener);
  }

  /**
   * Writes what changed since the last checkpoint. Called without the lock by the maintenance
   * thread only, which takes it where the view must stand still.
   *
   * @param lock the maintenance lock
   */
  public void checkpoint(Lock lock) {
    ViewState.Checkpoint checkpoint;
    long reached;
    boolean changed;
    lock.lock();
    try {
      if (!dirty()) {
        return;
      }
      reached = frontier;
      changed = changedSinceCheckpoint;
      checkpoint = state.begin(circuit, progress());
      changedSinceCheckpoint = false;
    } finally {
      lock.unlock();
    }
    boolean written = false;
    try {
      checkpoint.write();
      written = true;
    } catch (CaissonException e) {
      if (e.state() != SqlState.OBJECT_IN_USE) {
        throw e;
      }
      lost(lock, e);
      return;
    } finally {
      lock.lock();
      try {
        if (written) {
          checkpointed = reached;
        } else {
          changedSinceCheckpoint |= changed;
        }
      } finally {
        lock.unlock();
      }
    }
    state.merge(circuit);
  }

  private ViewProgress progress() {
    var watermark = new ArrayList<Long>();
    inputs.forEach(input -> watermark.addAll(input.state()));
    return new ViewProgress(frontier, watermark, backfill.version(), backfill.tables());
  }

  private void lost(Lock lock, CaissonException why) {
    lock.lock();
    try {
      fail(new CaissonException(SqlState.UNDEFINED_OBJECT, String.valueOf(why.getMessage()), why));
    } finally {
      lock.unlock();
    }
  }

  /** Ends it; listeners are not called any more. */
  @Override
  public void close() {
    closed = true;
    var dropped =
        new CaissonException(
            SqlState.UNDEFINED_OBJECT, "the view was dropped, or its database closed");
    listeners.forEach(listener -> listener.ended(dropped));
    listeners.clear();
  }
}
