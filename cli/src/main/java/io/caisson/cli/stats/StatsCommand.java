package io.caisson.cli.stats;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.Session;
import io.caisson.cli.command.Command;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Options;
import io.caisson.cli.command.Store;
import io.caisson.cli.command.Streams;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code caisson stats}: what the store holds and the shape of its B+ tree. */
public final class StatsCommand implements Command {
  @Override
  public String name() {
    return "stats";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(name(), "Shows what the store holds and the shape of its B+ tree.");
    Store.addOptions(spec);
    spec.usageMessage().footer("%nExamples:", "  caisson stats", "  caisson stats --data shop");
    return spec;
  }

  @Override
  public int run(ParseResult options, Streams streams) {
    try (Store store = Store.openExisting(options);
        Session session = store.database().session();
        Result result = session.execute("EXPLAIN STORAGE")) {
      List<Row> rows = result.toList();
      streams.out().print(StorageReport.of(rows));
      return ExitCode.OK;
    }
  }
}
