package io.caisson.model.stream;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.ClockStream;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.model.keyspace.DatabaseKeyspace;
import java.util.List;

/**
 * Where ticks for standing queries are recorded: the stream {@link ClockStream}, which holds those
 * of the last minutes. A view that is further behind needs the latest alone. Thread-safe.
 */
public final class ClockLog {
  /** About ten minutes, a million versions being a second. */
  private static final long KEPT_VERSIONS = 600_000_000L;

  private static final long MICROS_PER_MILLI = 1_000;

  private final StreamLog log;
  private final LogKeys keys;

  /** The ticks of a database. */
  public ClockLog(DatabaseKeyspace keyspace, StreamLog log) {
    this.log = log;
    this.keys = new LogKeys(keyspace);
  }

  /** Records what time it is, in whole milliseconds, as statements see it. */
  public void tick(Transaction transaction, long wallMicros) {
    StreamDefinition clock = ClockStream.DEFINITION;
    // Cleared first: until it is committed, clients of FoundationDB file what is appended before
    // it.
    long old = transaction.snapshot().getReadVersion().join() - KEPT_VERSIONS;
    if (old > 0) {
      transaction.clear(
          keys.after(clock, 0, LogPosition.START), keys.after(clock, 0, LogPosition.endOf(old)));
    }
    long now = Math.floorDiv(wallMicros, MICROS_PER_MILLI) * MICROS_PER_MILLI;
    var rows = new Columns(List.of(new LongColumn(new long[] {now}, null, 1)), 1);
    var unused = log.append(transaction, clock, rows);
  }
}
