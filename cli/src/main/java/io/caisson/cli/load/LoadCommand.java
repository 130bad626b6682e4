package io.caisson.cli.load;

import io.caisson.Database;
import io.caisson.Session;
import io.caisson.StreamWriter;
import io.caisson.cli.command.Command;
import io.caisson.cli.command.Options;
import io.caisson.cli.command.Store;
import io.caisson.cli.command.Streams;
import io.caisson.cli.command.Text;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code caisson load}: a file into a stream, resumable and exactly once. */
public final class LoadCommand implements Command {
  @Override
  public String name() {
    return "load";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            "Loads JSON lines or CSV into a stream. Run again after a crash or a Ctrl-C it goes on"
                + " where it stopped; run again after the file has grown it loads what is new.");
    LoadOptions.addTo(spec);
    spec.usageMessage()
        .footer(
            "%nExamples:",
            "  caisson load clicks.jsonl --into clicks --create",
            "  caisson load users.csv --into users --create --time signed_up",
            "  caisson load clicks.jsonl --into clicks --max-errors 100 --reject bad.jsonl",
            "  zcat clicks.jsonl.gz | caisson load - --into clicks --producer monday");
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Streams streams) {
    LoadOptions options = LoadOptions.of(parsed);
    try (Source source = Source.open(options.file(), streams.in())) {
      String producer =
          options.producer() == null ? source.producer(options.format()) : options.producer();
      try (Store store = Store.open(parsed);
          StreamWriter writer = writer(store.database(), options, source, producer, streams);
          Load load = new Load(options, source, writer, streams)) {
        return load.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StreamWriter writer(
      Database database, LoadOptions options, Source source, String producer, Streams streams)
      throws IOException {
    try {
      return database.writer(options.stream(), producer);
    } catch (CaissonException e) {
      if (e.state() != SqlState.UNDEFINED_OBJECT) {
        throw e;
      }
      if (!options.create()) {
        throw e.withHint("add --create to make the stream from the first lines of the file");
      }
    }
    String sql = sample(options, source);
    streams.err().println(Text.printable(sql).replace("\\n", System.lineSeparator()) + ";");
    if (!sql.contains("WATERMARK FOR")) {
      streams
          .err()
          .println(
              "No column holds timestamps, so the stream has no event time; --time names one.");
    }
    try (Session session = database.session()) {
      session.execute(sql).close();
    }
    return database.writer(options.stream(), producer);
  }

  private static String sample(LoadOptions options, Source source) throws IOException {
    SchemaSample sample = SchemaSample.of(source.lines(0, 0, () -> {}), options.format());
    return sample.createStream(options.stream(), options.time(), options.delay());
  }
}
