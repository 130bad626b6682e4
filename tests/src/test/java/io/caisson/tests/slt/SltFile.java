package io.caisson.tests.slt;

import io.caisson.tests.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of statements and their answers, read into records. For one thread.
 *
 * <pre>
 *   # a comment
 *
 *   statement ok                           a statement that succeeds; "ok TAG" also says as what
 *   CREATE STREAM s (id BIGINT)
 *
 *   statement error 42703 1:8 does not exist     SQLSTATE, [line:column], [regular expression]
 *   SELECT nothing FROM s
 *
 *   query IT rowsort                       types, then nosort (the default) or rowsort
 *   SELECT id, name FROM s
 *   ---- id | name                         the names are optional
 *   1 | one
 *
 *   copy COPY 2                            COPY FROM STDIN, or TO STDOUT, and the lines that go in or
 *   COPY t FROM STDIN (FORMAT csv)         must come out; the tag is optional
 *   ----
 *   1,one
 *   2,two
 *
 *   copy error 22P04 1:13 missing data     as statement error
 *   COPY t FROM STDIN (FORMAT csv)
 *   ----
 *   1
 *
 *   connection NAME                        goes on in the session of that name; first "default"
 *
 *   restart                                closes the store and opens it again
 * </pre>
 *
 * Records are separated by empty lines. {@code ${tmp}} in a statement is a directory. Values are
 * separated by {@code " | "}; NULL is NULL, and an empty text is {@code (empty)}.
 */
final class SltFile {
  private static final Pattern ERROR =
      Pattern.compile("(?:statement|copy) error ([0-9A-Z]{5})(?: (\\d+:\\d+))?(?: (.+))?");
  private static final Pattern QUERY =
      Pattern.compile("query ([IRTBDCSYVA]+)(?: (nosort|rowsort))?");

  private final Path path;
  private final List<String> lines;
  private int next;

  private SltFile(Path path) {
    this.path = path;
    lines = Repository.read(path).lines().toList();
  }

  /** The records of a file. */
  static List<SltRecord> read(Path path) {
    return new SltFile(path).records();
  }

  private List<SltRecord> records() {
    var records = new ArrayList<SltRecord>();
    while (next < lines.size()) {
      String line = lines.get(next).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        next++;
      } else {
        records.add(record(line));
      }
    }
    return records;
  }

  private SltRecord record(String head) {
    int at = ++next;
    if (head.equals("restart")) {
      return new SltRecord.Restart(at);
    }
    if (head.startsWith("connection ")) {
      return new SltRecord.Connection(at, head.substring("connection ".length()).strip());
    }
    if (head.equals("statement ok") || head.startsWith("statement ok ")) {
      String tag = head.substring("statement ok".length()).strip();
      return new SltRecord.Statement(
          at, text(), tag.isEmpty() ? Optional.empty() : Optional.of(tag));
    }
    Matcher error = ERROR.matcher(head);
    if (error.matches()) {
      SltRecord.Failure failure = failure(at, error);
      return head.startsWith("copy") ? new SltRecord.BadCopy(failure, copied()) : failure;
    }
    if (head.equals("copy") || head.startsWith("copy ")) {
      String tag = head.substring("copy".length()).strip();
      return new SltRecord.Copy(
          at, text(), copied(), tag.isEmpty() ? Optional.empty() : Optional.of(tag));
    }
    Matcher query = QUERY.matcher(head);
    if (query.matches()) {
      return query(at, query.group(1), "rowsort".equals(query.group(2)));
    }
    throw new IllegalArgumentException(path + ":" + at + ": not a record: " + head);
  }

  private SltRecord.Failure failure(int at, Matcher error) {
    return new SltRecord.Failure(
        at,
        text(),
        error.group(1),
        Optional.ofNullable(error.group(2)),
        Optional.ofNullable(error.group(3)).map(regex -> Pattern.compile(regex, Pattern.DOTALL)));
  }

  /** The lines of a COPY, as they stand. */
  private String copied() {
    var rows = new StringBuilder();
    next++;
    while (next < lines.size() && !lines.get(next).isEmpty()) {
      rows.append(lines.get(next++)).append('\n');
    }
    return rows.toString();
  }

  private SltRecord query(int at, String types, boolean sorted) {
    String sql = text();
    Optional<List<String>> names = Optional.empty();
    var rows = new ArrayList<String>();
    if (next < lines.size() && lines.get(next).startsWith("----")) {
      String label = lines.get(next++).substring("----".length()).strip();
      if (!label.isEmpty()) {
        names = Optional.of(Arrays.asList(label.split(" \\| ", -1)));
      }
      while (next < lines.size() && !lines.get(next).isBlank()) {
        rows.add(lines.get(next++).stripTrailing());
      }
    } else {
      throw new IllegalArgumentException(path + ":" + at + ": a query needs ---- and its rows");
    }
    return new SltRecord.Query(at, sql, types, sorted, names, List.copyOf(rows));
  }

  private String text() {
    int begin = next;
    while (next < lines.size()
        && !lines.get(next).isBlank()
        && !lines.get(next).startsWith("----")) {
      next++;
    }
    if (begin == next) {
      throw new IllegalArgumentException(path + ":" + begin + ": a record needs a statement");
    }
    return String.join("\n", lines.subList(begin, next));
  }
}
