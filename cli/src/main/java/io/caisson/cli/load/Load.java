package io.caisson.cli.load;

import io.caisson.StreamWriter;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Streams;
import io.caisson.cli.command.Text;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.CsvRowParser;
import io.caisson.format.JsonRowParser;
import io.caisson.format.LineReader;
import io.caisson.format.RowColumn;
import io.caisson.format.RowParser;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * One run of a load: finds where the last one stopped, reads on one thread and appends on this one,
 * and says what came of it. Ctrl-C ends it after the batch in hand.
 */
final class Load implements Closeable {
  private static final int POLL_MILLIS = 100;
  private static final int UNKNOWN_FIELDS_SAID = 10;
  private static final long PARSER_STOPS_MILLIS = 1_000;

  private final LoadOptions options;
  private final Source source;
  private final StreamWriter writer;
  private final Streams streams;
  private final BadLines badLines;
  private final BatchAppender appender;
  private final Object previousHandler;
  private final Set<String> unknown = new HashSet<>();
  private volatile boolean interrupted;
  private long reachedLine;

  Load(LoadOptions options, Source source, StreamWriter writer, Streams streams) {
    this.options = options;
    this.source = source;
    this.writer = writer;
    this.streams = streams;
    badLines = new BadLines(options.maxErrors(), options.reject(), streams.err());
    appender = new BatchAppender(writer, badLines);
    previousHandler = Signals.register("INT", () -> interrupted = true);
  }

  int run() throws IOException {
    LoadPosition position = LoadPosition.parse(writer.lastNote());
    long doneLines = Math.max(writer.lastSequence(), 0);
    badLines.startFrom(position.rejected());
    var reader = new BatchReader(writer.columns(), options.batchRows());
    LineReader lines = start(reader, position, doneLines);
    reachedLine = lines.number();
    var progress = new LoadProgress(streams, options.stream(), source.size());
    IOException failure;
    try (progress) {
      progress.at(position.offset(), 0);
      failure = appendAll(reader, progress);
    }
    return report(progress, doneLines, failure);
  }

  private static void join(Thread thread) {
    try {
      thread.join(PARSER_STOPS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Where the position lies within a file, the header is read first and then skipped to.
  private LineReader start(BatchReader reader, LoadPosition position, long doneLines)
      throws IOException {
    RowParser parser = null;
    LineReader lines = source.lines(0, 0, reader::beforeWaiting);
    if (options.format() == FileFormat.CSV) {
      List<String> header = lines.nextLine() ? CsvRowParser.header(lines) : List.of();
      if (!header.isEmpty()) {
        parser = new CsvRowParser(header, columns(), this::unknownField);
      }
    } else {
      refuseJsonArray(lines);
    }
    if (source.isFile() && position.offset() > 0) {
      source.checkUnchanged(position);
    }
    if (doneLines > 0 && source.isFile()) {
      boolean ended = source.endsLine(position.offset());
      lines = source.lines(position.offset(), doneLines, reader::beforeWaiting);
      lines.skipLineEnd(ended);
      streams.err().println("Continuing behind line " + doneLines + ".");
    } else if (doneLines > 0) {
      streams.err().println("Passing over the first " + doneLines + " lines, they are loaded.");
      while (lines.number() < doneLines && lines.nextLine()) {
        // counted by the reader
      }
    }
    reader.source(
        lines, parser == null ? new JsonRowParser(columns(), this::unknownField) : parser);
    return lines;
  }

  private List<RowColumn> columns() {
    return writer.columns().stream()
        .map(column -> new RowColumn(column.name(), column.type()))
        .toList();
  }

  private static void refuseJsonArray(LineReader lines) throws IOException {
    lines.mark();
    boolean array =
        lines.nextLine() && lines.end() > lines.start() && lines.bytes()[lines.start()] == '[';
    lines.reset();
    if (array) {
      throw new CaissonException(
              SqlState.BAD_INPUT_FILE, "this is one JSON array, not one JSON object a line")
          .withHint("jq -c '.[]' FILE | caisson load - ...");
    }
  }

  private void unknownField(String name) {
    if (unknown.size() < UNKNOWN_FIELDS_SAID && unknown.add(name)) {
      streams
          .err()
          .println("field \"" + Text.printable(name) + "\" is no column and is passed over");
    }
  }

  private @Nullable IOException appendAll(BatchReader reader, LoadProgress progress) {
    var thread = new Thread(reader, "caisson-load-parser");
    thread.setDaemon(true);
    thread.start();
    try {
      while (!interrupted) {
        Batch batch = reader.queue().poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (batch != null && !appender.append(batch)) {
          return null;
        }
        if (batch != null) {
          reachedLine = batch.lastLine();
          progress.at(batch.position().offset(), appender.rows());
        }
        if (batch != null && batch.isLast()) {
          return batch.failure();
        }
        if (batch == null && !thread.isAlive() && reader.queue().isEmpty()) {
          throw new IllegalStateException("the parsing thread died: " + reader.defect());
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      thread.interrupt();
      reader.queue().clear();
      join(thread);
    }
    return null;
  }

  private int report(LoadProgress progress, long doneLines, @Nullable IOException failure) {
    long rows = appender.rows();
    Batch.BadLine stop = appender.stoppedAt();
    if (rows == 0 && badLines.count() == 0 && stop == null && !interrupted && failure == null) {
      streams
          .out()
          .print(
              doneLines == 0
                  ? source.name() + " holds no rows.\n"
                  : "Nothing new: the "
                      + doneLines
                      + " lines of "
                      + source.name()
                      + " are in "
                      + options.stream()
                      + " already.\n");
      return ExitCode.OK;
    }
    streams
        .out()
        .print(
            String.format(
                Locale.ROOT,
                "Loaded %,d rows into %s in %.1f s (%,.0f rows/s)%s.\n",
                rows,
                options.stream(),
                progress.seconds(),
                progress.perSecond(rows),
                rejected()));
    streams.out().flush();
    if (failure != null) {
      throw new CaissonException(
          SqlState.IO_ERROR, source.name() + " can't be read on: " + failure.getMessage(), failure);
    }
    if (stop != null) {
      return stopped(stop);
    }
    if (interrupted) {
      streams.err().println("Stopped behind line " + reachedLine + "." + again());
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.OK;
  }

  private String rejected() {
    if (badLines.count() == 0) {
      return "";
    }
    String kept = options.reject() == null ? "" : ", kept in " + options.reject();
    return String.format(Locale.ROOT, "; %,d bad lines%s", badLines.count(), kept);
  }

  private int stopped(Batch.BadLine line) {
    throw new CaissonException(
            SqlState.BAD_INPUT_FILE,
            "stopped at line " + line.number() + " of " + source.name() + ": " + line.reason())
        .withHint("mend the line, or pass over bad ones with --max-errors N." + again());
  }

  private String again() {
    return source.isFile() || options.producer() != null
        ? " The same command goes on from there."
        : "";
  }

  @Override
  public void close() {
    Signals.unregister("INT", previousHandler);
    badLines.close();
  }
}
