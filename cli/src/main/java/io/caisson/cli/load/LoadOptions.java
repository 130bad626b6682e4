package io.caisson.cli.load;

import io.caisson.cli.command.Options;
import io.caisson.cli.command.Store;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What was asked of a load. Immutable.
 *
 * @param file the file's name or {@code -}
 * @param stream the stream's name
 * @param create whether to make the stream where it is absent
 * @param format the file's form
 * @param batchRows the most rows of an append
 * @param reject where to keep rejected lines, or null
 * @param maxErrors how many lines may be rejected
 * @param time the column of event time of a new stream, or null for the first TIMESTAMP
 * @param delay how far a new stream's watermark stays behind, as SQL writes an interval
 * @param producer the name under which the position is kept, or null for the file's own
 */
record LoadOptions(
    String file,
    String stream,
    boolean create,
    FileFormat format,
    int batchRows,
    @Nullable Path reject,
    long maxErrors,
    @Nullable String time,
    String delay,
    @Nullable String producer) {
  private static final int DEFAULT_BATCH_ROWS = 10_000;
  private static final int MOST_BATCH_ROWS = 1_000_000;
  private static final Pattern DELAY =
      Pattern.compile(
          "(\\d{1,9})\\s*(second|sec|s|minute|min|m|hour|h|day|d)s?", Pattern.CASE_INSENSITIVE);

  static void addTo(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .type(String.class)
            .paramLabel("FILE")
            .description("A file of JSON lines or CSV; - is the standard input.")
            .build());
    spec.addOption(Options.value("--into", "STREAM", "The stream to load into (needed)."));
    spec.addOption(
        Options.flag("--create", "Makes the stream from the first lines where there is none."));
    spec.addOption(
        Options.value("--format", "FORMAT", "json or csv; told by the file's name otherwise."));
    spec.addOption(Options.value("--batch-rows", "N", "The most rows of one append (10000)."));
    spec.addOption(Options.value("--reject", "FILE", "Keeps the bad lines as they are."));
    spec.addOption(Options.value("--max-errors", "N", "How many bad lines are passed over (0)."));
    spec.addOption(
        Options.value("--time", "COLUMN", "With --create: event time (the first TIMESTAMP)."));
    spec.addOption(
        Options.value(
            "--watermark-delay", "SPAN", "With --create: how late rows may be ('60 seconds')."));
    spec.addOption(
        Options.value(
            "--producer", "NAME", "Under which name the position is kept (the file's path)."));
    Store.addOptions(spec);
  }

  static LoadOptions of(ParseResult options) {
    String file = options.matchedPositionalValue(0, "");
    String stream = Options.text(options, "--into");
    if (file.isEmpty() || stream == null || stream.isEmpty()) {
      throw new ParameterException(
          options.commandSpec().commandLine(),
          file.isEmpty() ? "say which FILE to load" : "say where to load it: --into STREAM");
    }
    String reject = Options.text(options, "--reject");
    String delay = Options.text(options, "--watermark-delay");
    long batchRows = Options.number(options, "--batch-rows", 1, DEFAULT_BATCH_ROWS);
    return new LoadOptions(
        file,
        stream,
        Options.given(options, "--create"),
        FileFormat.of(Options.text(options, "--format"), file),
        (int) Math.min(batchRows, MOST_BATCH_ROWS),
        reject == null ? null : Path.of(reject),
        Options.number(options, "--max-errors", 0, 0),
        Options.text(options, "--time"),
        interval(delay == null ? "60 seconds" : delay),
        Options.text(options, "--producer"));
  }

  /** {@code 5 minutes} as SQL writes it: {@code INTERVAL '5' MINUTE}. */
  static String interval(String span) {
    Matcher matcher = DELAY.matcher(span.strip());
    if (!matcher.matches()) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER,
              "--watermark-delay takes a time span, not \"" + span + "\"")
          .withHint("for example '60 seconds', '5 minutes', '2 hours', '1 day'");
    }
    String unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT).charAt(0)) {
          case 's' -> "SECOND";
          case 'm' -> "MINUTE";
          case 'h' -> "HOUR";
          default -> "DAY";
        };
    return "INTERVAL '" + Long.parseLong(matcher.group(1)) + "' " + unit;
  }
}
