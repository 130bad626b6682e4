package io.caisson.engine.view;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.system.ViewStatus;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.Run;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final ViewInputs inputs;
  private final Backfill backfill;
  private final Circuit circuit;
  private final ViewState state;
  private final ViewIndexes indexes;
  private final List<Plan> origins;
  private final ViewFollowers followers;
  private long frontier;
  private long checkpointed;
  private boolean changedSinceCheckpoint;
  private @Nullable CaissonException failure;
  private boolean broken;
  private boolean caughtUp;
  private @Nullable List<IndexDefinition> followed;
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
    this.state = state;
    origins = plan.origins();
    circuit = plan.circuit().build(state::open);
    indexes = new ViewIndexes(definition, circuit.rowCodec().types(), state);
    ViewProgress progress = state.progress();
    inputs = new ViewInputs(plan.inputs(), form, progress);
    backfill = new Backfill(inputs.all(), progress);
    caughtUp = progress.caughtUp();
    rowCount = progress.rowCount() < 0 ? circuit.rows().rowsAtMost() : progress.rowCount();
    frontier = progress.frontier();
    checkpointed = frontier;
    followers = new ViewFollowers(frontier, circuit.rowCodec());
    taken(circuit.initialize());
    changedSinceCheckpoint = !state.stored();
  }

  /** The view's definition; from any thread. */
  public ViewDefinition definition() {
    return definition;
  }

  /** The logs it reads: streams, and those of tables as streams; from any thread. */
  public List<StreamDefinition> logs() {
    return inputs.logs();
  }

  /** Up to which store version all input is in it, once its tables are. */
  public long frontier() {
    return frontier;
  }

  /** Up to which store version it has taken in a log; for the maintenance thread. */
  public long through(int input) {
    return inputs.isTable(input) ? Math.max(frontier, backfill.version()) : frontier;
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
    return inputs.taken();
  }

  /** How it is doing. */
  public ViewReport report() {
    return new ViewReport(
        doing(), caughtUp, frontier, inputs.read(), rowCount, stateBytes(), failure);
  }

  private long stateBytes() {
    long bytes = circuit.stateBytes();
    for (Arrangement index : indexes.arrangements().values()) {
      bytes += index.memoryBytes() + index.runs().stream().mapToLong(Run::byteCount).sum();
    }
    return bytes;
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
    return arrangements().values().stream().anyMatch(Arrangement::read);
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
  public long changedBytes() {
    return circuit.changedBytes()
        + followers.memoryBytes()
        + indexes.arrangements().values().stream().mapToLong(Arrangement::memoryBytes).sum();
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
              TableInput table = inputs.table(number);
              TableProgress read = table.progress();
              return new NextPage(
                  table.table(), read == null ? null : read.key(), backfill.pending());
            });
  }

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
    return inputs.tables();
  }

  /** Whether the back-fill has read rows of an input, whose changes count from then on. */
  public boolean begun(int input) {
    return inputs.begun(input);
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
          inputs.feedReadRows(circuit, gained);
          if (page.version() == through) {
            inputs.feedPage(circuit, next, page);
          }
          taken(circuit.endStep());
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
    boolean any = inputs.feed(circuit, gained);
    StepOutput change = any ? circuit.endStep() : StepOutput.NONE;
    taken(change);
    changedSinceCheckpoint |= any;
    frontier = through;
    followers.stepped(through, change);
  }

  private void taken(StepOutput change) {
    for (int row = 0; row < change.rows().size(); row++) {
      rowCount += change.rows().weight(row);
    }
    indexes.change(change.rows());
  }

  /** Whether the catalog has given it other indexes than it keeps, or rows are to be entered. */
  public boolean indexing() {
    return live() && (followed != definition.indexes() || indexes.building());
  }

  /**
   * Keeps the indexes that its definition says, and enters a page of rows into those that are being
   * built. Called by the maintenance thread while no checkpoint is written.
   */
  public void index() {
    guarded(
        () -> {
          List<IndexDefinition> wanted = definition.indexes();
          changedSinceCheckpoint |= indexes.follow(wanted) || indexes.building();
          followed = wanted;
          indexes.enter(circuit.rows());
        });
  }

  /** The indexes that nobody reads yet. */
  public List<IndexDefinition> unbuiltIndexes() {
    return live() ? definition.unreadableIndexes() : List.of();
  }

  /** Those among them that hold all rows, and will after a crash too. */
  public List<IndexDefinition> durableIndexes() {
    return indexes.durable(unbuiltIndexes());
  }

  /** How many rows are entered into an index. */
  public long rowsOfIndex(int index) {
    return indexes.entered(index);
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (CaissonException e) {
      fail(e);
    } catch (RuntimeException e) {
      LOG.error("a defect in materialized view {}", definition.name(), e);
      fail(new CaissonException(SqlState.INTERNAL_ERROR, String.valueOf(e), e));
    } catch (OutOfMemoryError e) {
      broken = true; // and opened anew from its last checkpoint
      throw e;
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
        part(circuit.errors(), circuit.errorCodec()),
        indexes.snapshot());
  }

  private static Optional<ViewSnapshot.Part> part(
      Optional<Arrangement> rows, Optional<RowCodec> codec) {
    return rows.flatMap(found -> codec.map(form -> new ViewSnapshot.Part(found.snapshot(), form)));
  }

  /** Who follows it. */
  public ViewFollowers followers() {
    return followers;
  }

  /** Writes down its steps, for its subscriptions. Without the lock, by one thread at a time. */
  public void writeLog(Lock lock) {
    try {
      followers.writeLog(lock);
    } catch (CaissonException e) {
      lost(lock, e);
    }
  }

  /**
   * Writes what changed since the last checkpoint. Called without the lock, by one thread at a
   * time, which takes it where the view must stand still.
   *
   * @param lock the maintenance lock
   * @param log writes down its steps, before the checkpoint replaces the one before
   */
  public void checkpoint(Lock lock, Runnable log) {
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
      checkpoint = state.begin(arrangements(), progress(), indexes.progress());
      changedSinceCheckpoint = false;
    } finally {
      lock.unlock();
    }
    boolean written = false;
    try {
      checkpoint.write(log);
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
    state.merge(arrangements());
  }

  private Map<String, Arrangement> arrangements() {
    var all = new LinkedHashMap<>(circuit.arrangements());
    all.putAll(indexes.arrangements());
    return all;
  }

  private ViewProgress progress() {
    return new ViewProgress(
        frontier,
        inputs.watermark(),
        backfill.version(),
        backfill.tables(),
        inputs.rows(),
        rowCount,
        caughtUp);
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
