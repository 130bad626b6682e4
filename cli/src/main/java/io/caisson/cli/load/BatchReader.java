package io.caisson.cli.load;

import io.caisson.ResultColumn;
import io.caisson.format.BadRow;
import io.caisson.format.LineReader;
import io.caisson.format.ParsedRows;
import io.caisson.format.RowColumn;
import io.caisson.format.RowParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The parsing thread: turns lines into batches and hands them over through a short queue, so that
 * parsing and appending overlap on two cores and memory stays bounded. When the source has nothing
 * ready and the appender nothing to do, what has come so far goes as a batch of its own.
 */
final class BatchReader implements Runnable {
  private static final int QUEUED_BATCHES = 4;
  private static final long MOST_BATCH_BYTES = 900_000;
  private static final long MOST_BAD_BYTES = 1_000_000;

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(QUEUED_BATCHES);
  private final int mostRows;
  private final ParsedRows rows;
  private final List<Batch.BadLine> bad = new ArrayList<>();
  private @Nullable LineReader lines;
  private @Nullable RowParser parser;
  private long[] rowLines;
  private long[] rowOffsets;
  private long badBytes;
  private volatile @Nullable RuntimeException defect;

  BatchReader(List<ResultColumn> columns, int mostRows) {
    this.mostRows = mostRows;
    rows =
        new ParsedRows(
            columns.stream().map(column -> new RowColumn(column.name(), column.type())).toList());
    rowLines = new long[Math.min(mostRows, 1024)];
    rowOffsets = new long[rowLines.length];
  }

  /** Says what to read, before the thread starts. */
  void source(LineReader lineReader, RowParser rowParser) {
    lines = lineReader;
    parser = rowParser;
  }

  /** Where the batches come out. */
  BlockingQueue<Batch> queue() {
    return queue;
  }

  /** The reader's word that it is about to wait for its source. */
  void beforeWaiting() {
    if (queue.isEmpty() && rows.size() + bad.size() > 0 && lines != null) {
      // The line that is being read has not been counted yet, so the batch ends before it.
      handOver(lines, null, false);
    }
  }

  /** What made the thread die, if it did: a defect, not a property of the source. */
  @Nullable RuntimeException defect() {
    return defect;
  }

  @Override
  public void run() {
    try {
      readAll();
    } catch (RuntimeException e) {
      defect = e;
    }
  }

  private void readAll() {
    LineReader source = Objects.requireNonNull(lines);
    try {
      RowParser rowParser = Objects.requireNonNull(parser);
      while (!Thread.currentThread().isInterrupted() && source.nextLine()) {
        if (!source.isBlank()) {
          read(source, rowParser);
        }
        if (rows.size() >= mostRows
            || rows.byteSize() >= MOST_BATCH_BYTES
            || badBytes >= MOST_BAD_BYTES) {
          handOver(source, null, false);
        }
      }
      handOver(source, null, true);
    } catch (IOException e) {
      handOver(source, e, true);
    }
  }

  private void read(LineReader source, RowParser rowParser) throws IOException {
    try {
      if (source.isTooLong()) {
        throw new BadRow("the line is longer than " + (LineReader.LONGEST_LINE >> 20) + " MB");
      }
      rowParser.parse(source, rows);
      int row = rows.size() - 1;
      if (row == rowLines.length) {
        rowLines = Arrays.copyOf(rowLines, row * 2);
        rowOffsets = Arrays.copyOf(rowOffsets, row * 2);
      }
      rowLines[row] = source.number();
      rowOffsets[row] = source.offset();
    } catch (BadRow e) {
      byte[] line = Arrays.copyOfRange(source.bytes(), source.start(), source.end());
      bad.add(new Batch.BadLine(source.number(), e.reason(), line));
      badBytes += line.length + 100L;
    }
  }

  private void handOver(LineReader source, @Nullable IOException failure, boolean last) {
    int size = rows.size();
    var batch =
        new Batch(
            rows.build(),
            Arrays.copyOf(rowLines, size),
            Arrays.copyOf(rowOffsets, size),
            List.copyOf(bad),
            source.number(),
            new LoadPosition(source.offset(), 0, source.tail()),
            failure,
            last);
    bad.clear();
    badBytes = 0;
    try {
      queue.put(batch);
    } catch (InterruptedException e) {
      // The appender has stopped and wants no more.
      Thread.currentThread().interrupt();
    }
  }
}
