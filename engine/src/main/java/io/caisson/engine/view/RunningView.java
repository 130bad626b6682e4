package io.caisson.engine.view;

import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.operator.Circuit;
import io.caisson.dataflow.operator.StepOutput;
import io.caisson.engine.state.ViewState;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.LogBlock;
import java.util.ArrayList;
import java.util.List;
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
  private final Circuit circuit;
  private final ViewState state;
  private final List<ChangeListener> listeners = new ArrayList<>();
  private long frontier;
  private long checkpointed;
  private boolean changedSinceCheckpoint;
  private @Nullable CaissonException failure;
  private boolean broken;
  private boolean closed;

  /**
   * A view that goes on where its state was left.
   *
   * @param definition the view
   * @param plan its compiled plan
   * @param state its state in the store
   */
  public RunningView(ViewDefinition definition, CompiledPlan plan, ViewState state) {
    this.definition = definition;
    this.inputs = plan.inputs().stream().map(ViewInput::new).toList();
    this.state = state;
    circuit = plan.circuit().build(state::open);
    if (!state.watermark().isEmpty()) {
      int at = 0;
      for (ViewInput input : inputs) {
        at = input.restore(state.watermark(), at);
      }
    }
    frontier = state.frontier();
    checkpointed = frontier;
    circuit.initialize();
    changedSinceCheckpoint = !state.stored();
  }

  /** The view's definition; from any thread. */
  public ViewDefinition definition() {
    return definition;
  }

  /** The streams it reads; from any thread. */
  public List<StreamDefinition> inputs() {
    return inputs.stream().map(ViewInput::stream).toList();
  }

  /** Up to which store version all input is in it. */
  public long frontier() {
    return frontier;
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
   * Takes in what its streams gained up to a version.
   *
   * @param gained for each stream, in the order of {@link #inputs()}, its blocks
   */
  public void step(List<List<LogBlock>> gained, long through) {
    try {
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
    } catch (CaissonException e) {
      fail(e);
    } catch (RuntimeException e) {
      LOG.error("a defect in materialized view {}", definition.name(), e);
      fail(new CaissonException(SqlState.INTERNAL_ERROR, String.valueOf(e), e));
    }
  }

  private void fail(CaissonException why) {
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
      List<Long> known = new ArrayList<>();
      inputs.forEach(input -> known.addAll(input.state()));
      checkpoint = state.begin(circuit, reached, known);
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
