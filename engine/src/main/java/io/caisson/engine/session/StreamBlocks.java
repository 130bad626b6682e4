package io.caisson.engine.session;

import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.engine.schedule.StoredStreams;
import io.caisson.model.codec.ColumnRange;
import io.caisson.model.stream.LogBlock;
import io.caisson.model.stream.LogPage;
import io.caisson.model.stream.LogPosition;
import io.caisson.sql.run.ColumnCondition;
import io.caisson.sql.run.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a stream up to a version, page by page: what was appended by then does not change.
 * Only the columns that are asked for are decoded, and blocks whose bounds say that no row fulfils
 * the conditions are passed over. For one thread.
 */
final class StreamBlocks implements Iterator<Columns> {
  private final StoredStreams streams;
  private final StreamDefinition stream;
  private final ScanRequest request;
  private final long version;
  private final Cancellation cancellation;
  private final BlockCounter counter;
  private Iterator<LogBlock> blocks = List.<LogBlock>of().iterator();
  private LogPosition reached = LogPosition.START;
  private @Nullable Columns next;

  StreamBlocks(
      StoredStreams streams,
      StreamDefinition stream,
      ScanRequest request,
      long version,
      Cancellation cancellation,
      BlockCounter counter) {
    this.streams = streams;
    this.stream = stream;
    this.request = request;
    this.version = version;
    this.cancellation = cancellation;
    this.counter = counter;
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      while (!blocks.hasNext()) {
        if (reached.compareTo(LogPosition.endOf(version)) >= 0) {
          return false;
        }
        cancellation.check();
        LogPage page = streams.page(stream, reached, version);
        reached = page.position();
        blocks = page.blocks().iterator();
      }
      next = rows(blocks.next());
    }
    return true;
  }

  /** The wanted columns of a block, or null where no row can be wanted. */
  private @Nullable Columns rows(LogBlock block) {
    for (ColumnCondition condition : request.conditions()) {
      if (block.range(condition.column()).filter(range -> !mayHold(range, condition)).isPresent()) {
        counter.countSkipped();
        return null;
      }
    }
    counter.countRead();
    var wanted = new ArrayList<Column>(request.columns().length);
    for (int column : request.columns()) {
      wanted.add(block.column(column));
    }
    return new Columns(wanted, block.rows());
  }

  /** Whether a value within bounds may fulfil a condition. The bounds say nothing of NULLs. */
  private static boolean mayHold(ColumnRange range, ColumnCondition condition) {
    return switch (condition.comparison()) {
      case IS_NULL, IS_NOT_NULL -> true;
      case IN ->
          condition.values().stream()
              .anyMatch(value -> mayHold(range, ColumnCondition.Comparison.EQUAL, value));
      default -> mayHold(range, condition.comparison(), condition.value());
    };
  }

  private static boolean mayHold(
      ColumnRange range, ColumnCondition.Comparison comparison, Object constant) {
    int min;
    int max;
    if (range instanceof ColumnRange.Longs longs && constant instanceof Long value) {
      min = Long.compare(longs.min(), value);
      max = Long.compare(longs.max(), value);
    } else if (range instanceof ColumnRange.Doubles doubles && constant instanceof Double value) {
      // 0.0 equals -0.0 in SQL, which Double.compare does not know.
      min = Double.compare(doubles.min() + 0.0, value + 0.0);
      max = Double.compare(doubles.max() + 0.0, value + 0.0);
    } else if (range instanceof ColumnRange.Strings strings && constant instanceof String text) {
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      min = Arrays.compareUnsigned(strings.min(), value);
      max = Arrays.compareUnsigned(strings.max(), value);
    } else {
      return true;
    }
    return switch (comparison) {
      case EQUAL -> min <= 0 && max >= 0;
      case LESS -> min < 0;
      case LESS_OR_EQUAL -> min <= 0;
      case GREATER -> max > 0;
      case GREATER_OR_EQUAL -> max >= 0;
      default -> true;
    };
  }

  @Override
  public Columns next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Columns rows = next;
    next = null;
    return rows;
  }
}
