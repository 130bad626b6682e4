package io.caisson.benchmarks.nexmark;

import io.caisson.Caisson;
import io.caisson.Database;
import io.caisson.Result;
import io.caisson.Session;
import io.caisson.examples.nexmark.NexmarkFeed;
import io.caisson.examples.nexmark.NexmarkGenerator;
import io.caisson.examples.nexmark.NexmarkOptions;
import io.caisson.examples.nexmark.NexmarkQueries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A new database with Nexmark's streams, in a directory that goes when it is closed. For one
 * thread.
 */
final class AuctionHouse implements AutoCloseable {
  /** How many events are appended at a time. */
  static final int BATCH = 10_000;

  private static final long MICROS_PER_SECOND = 1_000_000;

  private static final NexmarkOptions OPTIONS = NexmarkOptions.of(1);

  private final Path directory;
  private final Caisson caisson;
  private final Database database;
  private final Session session;
  private final NexmarkFeed feed;

  /** Opens one below a directory. */
  AuctionHouse(Path parent) {
    try {
      directory = Files.createTempDirectory(Files.createDirectories(parent), "nexmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    caisson = Caisson.open(directory);
    database = caisson.database("nexmark");
    session = database.session();
    NexmarkQueries.run(session, NexmarkQueries.streams());
    feed = new NexmarkFeed(database, new NexmarkGenerator(OPTIONS));
  }

  /** When the event at a position happens, in microseconds. */
  static long time(long position) {
    return OPTIONS.firstMicros() + position * MICROS_PER_SECOND / OPTIONS.eventsPerSecond();
  }

  Database database() {
    return database;
  }

  /** Creates the view of a query. */
  void create(String query) {
    NexmarkQueries.run(session, NexmarkQueries.view(query));
  }

  /** Runs statements. */
  void run(String statements) {
    NexmarkQueries.run(session, statements);
  }

  /** Appends the events of some positions. */
  void append(long from, long to) {
    for (long at = from; at < to; at += BATCH) {
      feed.append(at, Math.min(to, at + BATCH));
    }
  }

  /** Waits until a view has all that was appended. */
  void await(String view) {
    try (Result result = session.execute("SELECT 1 AS one FROM " + view + " LIMIT 1")) {
      result.iterator().forEachRemaining(row -> {});
    }
  }

  @Override
  public void close() {
    feed.close();
    session.close();
    caisson.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
