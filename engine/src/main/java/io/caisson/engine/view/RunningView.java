package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.system.ViewStatus;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.operator.Circuit;
import io.caisson.dataflow.operator.OperatorMeasure;
import io.caisson.dataflow.operator.StepOutput;
import io.caisson.engine.state.TableProgress;
import io.caisson.engine.state.ViewProgress;
import io.caisson.engine.state.ViewState;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.LogBlock;
import io.caisson.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
public final class RunningView {
  private static final Logger LOG = LoggerFactory.getLogger(RunningView.class);

  private volatile ViewDefinition definition;
  private final List<ViewInput> inputs;
  private final Backfill backfill;
  private final Circuit circuit;
  private final ViewState state;
  private final List<Plan> origins;
  private final ViewFollowers followers;
  private long frontier;
  private long checkpointed;
  private boolean changedSinceCheckpoint;
  private @Nullable CaissonException failure;
  private boolean broken;
  private boolean caughtUp;
  private final long[] rowsTaken;
  private long rowCount;
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
    origins = plan.origins();
    circuit = plan.circuit().build(state::open);
    ViewProgress progress = state.progress();
    if (!progress.watermark().isEmpty()) {
      int at = 0;
      for (ViewInput input : inputs) {
        at = input.restore(progress.watermark(), at);
      }
    }
    backfill = new Backfill(inputs, progress);
    caughtUp = progress.caughtUp();
    rowsTaken = new long[inputs.size()];
    for (int i = 0; i < progress.rows().size(); i++) {
      rowsTaken[i] = progress.rows().get(i);
    }
    rowCount = progress.rowCount() < 0 ? circuit.rows().rowsAtMost() : progress.rowCount();
    frontier = progress.frontier();
    checkpointed = frontier;
    followers = new ViewFollowers(frontier, circuit.rowCodec());
    count(circuit.initialize());
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

  /** Notes that it is up to date, if it has come as far as a store version. */
  public void noteCaughtUp(long version) {
    if (!caughtUp && live() && readable() && frontier >= version) {
      caughtUp = true;
      changedSinceCheckpoint = true;
    }
  }

  /** Whether it has been up to date once. */
  public boolean caughtUp() {
    return caughtUp;
  }

  /** How many rows that came or went it has taken in. */
  public long rowsTaken() {
    return Arrays.stream(rowsTaken).sum();
  }

  /** How it is doing. */
  public ViewReport report() {
    var read = new ArrayList<ViewReport.Input>();
    for (int i = 0; i < rowsTaken.length; i++) {
      ViewInput input = inputs.get(i);
      boolean complete = input instanceof TableInput table && table.complete();
      read.add(new ViewReport.Input(input.log().id(), rowsTaken[i], complete));
    }
    return new ViewReport(
        doing(), caughtUp, frontier, read, rowCount, circuit.stateBytes(), failure);
  }

  /** What each part of its plan has done since it was opened. */
  public Map<Plan, OperatorMeasure> measures() {
    var measures = new HashMap<Plan, OperatorMeasure>();
    List<OperatorMeasure> relations = circuit.measures();
    for (int i = 0; i < relations.size(); i++) {
      measures.merge(origins.get(i), relations.get(i), OperatorMeasure::then);
    }
    return measures;
  }

  private ViewStatus.State doing() {
    if (failure != null) {
      return ViewStatus.State.FAILED;
    }
    if (paused()) {
      return ViewStatus.State.PAUSED;
    }
    return caughtUp ? ViewStatus.State.RUNNING : ViewStatus.State.BACKFILLING;
  }

  /** Takes over its name and settings as they are now. */
  public void redefine(ViewDefinition now) {
    definition = now;
  }

  /** Whether somebody reads its stored rows. */
  public boolean read() {
    return circuit.arrangements().values().stream().anyMatch(Arrangement::read);
  }

  /** Whether it takes nothing in because it was told so. */
  public boolean paused() {
    return definition.settings().paused();
  }

  /** Whether it takes in what its inputs gain. */
  public boolean active() {
    return live() && !paused();
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
    return circuit.memoryBytes() + followers.memoryBytes();
  }

  /** Throws what made it fail, if anything did. */
  public void throwIfFailed() {
    if (failure != null && failure.state() == SqlState.UNDEFINED_OBJECT) {
      throw failure;
    }
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
              rowsTaken[i] += block.rows();
            }
          }
          if (page.version() == through) {
            circuit.process(next, ((TableInput) inputs.get(next)).take(page));
            rowsTaken[next] += page.rows().size();
          }
          count(circuit.endStep());
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
        rowsTaken[i] += block.rows();
        any = true;
      }
      circuit.advance(i, inputs.get(i).watermark());
    }
    StepOutput change = any ? circuit.endStep() : StepOutput.NONE;
    count(change);
    changedSinceCheckpoint |= any;
    frontier = through;
    followers.stepped(through, change);
  }

  private void count(StepOutput change) {
    for (int row = 0; row < change.rows().size(); row++) {
      rowCount += change.rows().weight(row);
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
    followers.end(why);
  }

  /** Its rows as they are; to be closed. */
  public ViewSnapshot snapshot() {
    return new ViewSnapshot(
        new ViewSnapshot.Part(circuit.rows().snapshot(), circuit.rowCodec()),
        part(circuit.late(), circuit.lateCodec()),
        part(circuit.errors(), circuit.errorCodec()));
  }

  private static Optional<ViewSnapshot.Part> part(
      Optional<Arrangement> rows, Optional<RowCodec> codec) {
    return rows.flatMap(found -> codec.map(form -> new ViewSnapshot.Part(found.snapshot(), form)));
  }

  /** Who follows it. */
  public ViewFollowers followers() {
    return followers;
  }

  /**
   * Writes down what it changed, for its subscriptions. Called as {@link #checkpoint} is.
   *
   * @param lock the maintenance lock
   */
  public void writeLog(Lock lock) {
    try {
      followers.writeLog(lock);
    } catch (CaissonException e) {
      lost(lock, e);
    }
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
      checkpoint.write(() -> followers.writeLog(lock));
      written = true;
    } catch (CaissonException e) {
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
    List<Long> rows = Arrays.stream(rowsTaken).boxed().toList();
    return new ViewProgress(
        frontier, watermark, backfill.version(), backfill.tables(), rows, rowCount, caughtUp);
  }

  /** After a failure, has it opened anew from its last checkpoint. */
  public void retry() {
    if (failure != null) {
      failure = null;
      broken = true;
    }
  }

  /** Keeps it no longer, because of something beside its rows. */
  public void stop(CaissonException why) {
    fail(why);
  }

  /** Its state may be another's, or nobody's: whoever dropped it is about to say so. */
  private void lost(Lock lock, CaissonException why) {
    if (why.state() != SqlState.OBJECT_IN_USE && why.state() != SqlState.UNDEFINED_OBJECT) {
      throw why;
    }
    lock.lock();
    try {
      failure = new CaissonException(SqlState.UNDEFINED_OBJECT, String.valueOf(why.getMessage()));
      followers.end(failure);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends it; listeners are told why, and not called any more. Snapshots can still be read, until
   * what is stored of it is cleared.
   */
  public void close(CaissonException why) {
    closed = true;
    followers.end(why);
  }
}
