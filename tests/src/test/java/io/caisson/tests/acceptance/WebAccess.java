package io.caisson.tests.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caisson.tests.Repository;
import io.caisson.tests.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sample log and plain folds over it. Immutable.
 *
 * @param hits its lines in their order
 */
record WebAccess(List<Hit> hits) {
  /** How many lines the file has. */
  static final int LINES = 9_999;

  /** The stream that {@code load --create} makes of it. */
  static final String STREAM =
      "CREATE STREAM web (ts TIMESTAMP(3), ip TEXT, method TEXT, path TEXT, protocol TEXT, status BIGINT,"
          + " bytes BIGINT, referrer TEXT, agent TEXT, WATERMARK FOR ts AS ts - INTERVAL '%d' SECOND)";

  /** The view of hits and bytes an hour and status. */
  static final String VIEW =
      "CREATE MATERIALIZED VIEW per_hour AS"
          + " SELECT window_start, status, COUNT(*) AS hits, SUM(bytes) AS bytes"
          + " FROM TABLE(TUMBLE(TABLE web, DESCRIPTOR(ts), INTERVAL '1' HOUR))"
          + " GROUP BY window_start, window_end, status";

  /** A view of hits in windows so short that, with a short delay, some rows are late. */
  static final String SHORT_VIEW =
      "CREATE MATERIALIZED VIEW per_ten_seconds AS"
          + " SELECT window_start, status, COUNT(*) AS hits, SUM(bytes) AS bytes"
          + " FROM TABLE(TUMBLE(TABLE web, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
          + " GROUP BY window_start, window_end, status";

  /**
   * One line.
   *
   * @param time when
   * @param ip from where
   * @param path what
   * @param status how it ended
   * @param bytes how much, or null
   */
  record Hit(LocalDateTime time, String ip, String path, long status, @Nullable Long bytes) {
    LocalDateTime window(Duration size) {
      long seconds = time.toEpochSecond(ZoneOffset.UTC);
      return LocalDateTime.ofEpochSecond(
          seconds - Math.floorMod(seconds, size.toSeconds()), 0, ZoneOffset.UTC);
    }
  }

  /** Where the sample file is, or would be: beside the repository. */
  static Path file() {
    String folder = System.getProperty("caisson.samples");
    return folder == null
        ? Repository.root().resolve("../shared/data/web-access.jsonl").normalize()
        : Path.of(folder, "web-access.jsonl");
  }

  /** Whether the file is there; says so where it is not. */
  static boolean isThere() {
    boolean there = Files.isRegularFile(file());
    if (!there) {
      System.out.println("SKIPPED: there is no sample file " + file());
    }
    return there;
  }

  /** Reads the file. */
  static WebAccess read() {
    var mapper = new ObjectMapper();
    var hits = new ArrayList<Hit>();
    try {
      for (String line : Files.readAllLines(file())) {
        JsonNode node = mapper.readTree(line);
        hits.add(
            new Hit(
                LocalDateTime.parse(node.get("ts").asText().replace(' ', 'T')),
                node.get("ip").asText(),
                node.get("path").asText(),
                node.get("status").asLong(),
                node.get("bytes").isNull() ? null : node.get("bytes").asLong()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WebAccess(List.copyOf(hits));
  }

  /** The first lines only. */
  WebAccess first(int count) {
    return new WebAccess(hits.subList(0, count));
  }

  /** The lines that are, or are not, too late for windows of a size. */
  WebAccess select(Duration size, Duration delay, boolean late) {
    var chosen = new ArrayList<Hit>();
    LocalDateTime greatest = null;
    for (Hit hit : hits) {
      LocalDateTime end = hit.window(size).plus(size);
      boolean isLate = greatest != null && !end.isAfter(greatest.minus(delay));
      if (isLate == late) {
        chosen.add(hit);
      }
      greatest = greatest == null || hit.time().isAfter(greatest) ? hit.time() : greatest;
    }
    return new WebAccess(chosen);
  }

  /** Hits and bytes a window and status, as {@code begin | status | hits | bytes}, sorted. */
  List<String> perWindow(Duration size) {
    var groups = new TreeMap<String, long[]>();
    for (Hit hit : hits) {
      String key =
          String.format(Locale.ROOT, "%s | %d", Values.text(hit.window(size)), hit.status());
      long[] group = groups.computeIfAbsent(key, k -> new long[3]);
      group[0]++;
      group[1] += hit.bytes() == null ? 0 : hit.bytes();
      group[2] += hit.bytes() == null ? 0 : 1;
    }
    var rows = new ArrayList<String>();
    groups.forEach(
        (key, group) ->
            rows.add(key + " | " + group[0] + " | " + (group[2] == 0 ? "NULL" : group[1])));
    return rows.stream().sorted().toList();
  }

  /** The lines as {@code ts | ip | path}, sorted. */
  List<String> lines() {
    return hits.stream()
        .map(hit -> Values.text(hit.time()) + " | " + hit.ip() + " | " + hit.path())
        .sorted()
        .toList();
  }
}
