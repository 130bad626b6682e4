package io.caisson.dataflow.arrangement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run in the making: the sealed layers of a checkpoint, or several runs merged. The protocol:
 *
 * <ol>
 *   <li>take the blocks with {@link #nextBlock} and store them under ({@link #id}, 0, 1, 2, …);
 *   <li>make {@link #runsAfter} the arrangement's runs in the stored manifest;
 *   <li>{@link #complete}: the arrangement reads the new run from now on.
 * </ol>
 *
 * {@link #abandon} instead, at any point before the last, leaves the arrangement as it was; blocks
 * stored so far are garbage. Meanwhile the arrangement takes changes and gives snapshots as ever.
 * For one thread, which need not be the one that steps.
 */
public final class NewRun {
  private final Arrangement arrangement;
  private final RunWriter writer;
  private final List<Run> replaced;
  private final long id;

  NewRun(Arrangement arrangement, RunWriter writer, List<Run> replaced, long id) {
    this.arrangement = arrangement;
    this.writer = writer;
    this.replaced = replaced;
    this.id = id;
  }

  /** The number under which the blocks are to be stored. */
  public long id() {
    return id;
  }

  /** The next block, about 32 KB, or null behind the last one. */
  public byte @Nullable [] nextBlock() {
    return writer.next();
  }

  /** The run, once all blocks have been taken. It may have none: nothing was left to write. */
  public Run run() {
    return writer.run();
  }

  /** The runs that the arrangement will have, once all blocks have been taken. */
  public List<Run> runsAfter() {
    return arrangement.runsAfter(this);
  }

  /** Puts the run in the place of what it was made from. */
  public void complete() {
    arrangement.complete(this);
  }

  /** Gives the run up. */
  public void abandon() {
    arrangement.abandon(this);
  }

  /** The runs it takes the place of; none for a checkpoint. */
  List<Run> replaced() {
    return replaced;
  }
}
