package io.caisson.cli.demo;

import io.caisson.cli.command.Command;
import io.caisson.cli.command.Options;
import io.caisson.cli.command.Store;
import io.caisson.cli.command.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code caisson demo}: a made-up shop's clicks go in while views answer live. */
public final class DemoCommand implements Command {
  private static final long DEFAULT_SECONDS = 30;
  private static final long DEFAULT_RATE = 2_000;

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            "A shop's clicks go in while views answer live: purchases a minute, conversion by page,"
                + " top products, late clicks, and how long an event takes to reach a view.");
    spec.addOption(Options.value("--seconds", "N", "How long (30)."));
    spec.addOption(Options.value("--rate", "N", "Clicks a second (2000)."));
    spec.addOption(Options.value("--seed", "N", "The same seed makes the same clicks (1)."));
    spec.addOption(
        Options.flag(
            "--once",
            "A few seconds' clicks as fast as they go, a table, and a check of the sums."));
    Store.addOptions(spec);
    spec.usageMessage()
        .footer("%nExamples:", "  caisson demo", "  caisson demo --once --data shop");
    return spec;
  }

  @Override
  public int run(ParseResult options, Streams streams) {
    boolean once = Options.given(options, "--once");
    long rate = Options.number(options, "--rate", 1, DEFAULT_RATE);
    long seconds = Options.number(options, "--seconds", 1, DEFAULT_SECONDS);
    long seed = Options.number(options, "--seed", Long.MIN_VALUE, 1);
    Path kept = Store.directory(options);
    boolean temporary = kept == null && Options.text(options, "--cluster-file") == null;
    Path directory = temporary ? temporaryDirectory() : kept == null ? Path.of(".") : kept;
    try (Store store = Store.open(options, directory);
        var demo = new Demo(store.database(), streams, seed)) {
      int code = once ? demo.runOnce() : demo.runLive(rate, seconds);
      tryNext(streams, kept);
      return code;
    } finally {
      if (temporary) {
        delete(directory);
      }
    }
  }

  private static Path temporaryDirectory() {
    try {
      Path directory = Files.createTempDirectory("caisson-demo-");
      // Normally it is gone before; this is for a process that is told to end.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // It lies in the system's temporary directory and holds nothing of value.
      return;
    }
  }

  private static void tryNext(Streams streams, @Nullable Path kept) {
    String caisson = System.getProperty("caisson.command", "caisson");
    String data = kept == null ? "shop-data" : kept.toString();
    List<String> commands =
        kept == null
            ? List.of(
                caisson + " demo --once --data " + data,
                caisson
                    + " sql --data "
                    + data
                    + " -c \"SELECT * FROM by_page ORDER BY purchases DESC LIMIT 3\"",
                caisson + " stats --data " + data)
            : List.of(
                caisson
                    + " sql --data "
                    + data
                    + " -c \"SELECT * FROM by_page ORDER BY purchases DESC LIMIT 3\"",
                caisson + " sql --data " + data + " -c \"SELECT * FROM per_minute\\$late LIMIT 5\"",
                caisson + " stats --data " + data);
    streams.out().print("\nTry next:\n");
    commands.forEach(command -> streams.out().print("  " + command + "\n"));
    streams.out().flush();
  }
}
