package io.caisson.tests.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.Result;
import io.caisson.Session;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.tests.CommandLine;
import io.caisson.tests.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementMemoryTest {
  private static final int MINUTES = 2;

  @TempDir Path directory;

  @Test
  void statementThatHoldsTooManyRowsIsRefusedAndTheProcessLives()
      throws IOException, InterruptedException {
    Process process = CommandLine.start(directory, smallHeap());
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines =
        Files.readAllLines(directory.resolve("output.txt")).stream()
            .filter(line -> !line.startsWith("SLF4J"))
            .toList();
    assertThat(ended).as(String.join("\n", lines)).isTrue();
    var expected =
        new ArrayList<>(
            Collections.nCopies(LargeQueries.TOO_LARGE.size(), SqlState.OUT_OF_MEMORY.code()));
    expected.add("1 rows");
    assertThat(lines).isEqualTo(expected);
  }

  private List<String> smallHeap() {
    List<String> command = CommandLine.java();
    command.add("-Xmx96m");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(LargeQueries.class.getName());
    command.add(directory.resolve("data").toString());
    return command;
  }

  @Test
  void settingSaysHowMuchAStatementMayHold() {
    String query =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
            + " SELECT i FROM n ORDER BY i DESC";
    try (var store = new TestStore();
        Session session = store.database().session()) {
      session.execute("SET statement_memory = '16kB'").close();
      Assertions.assertThatExceptionOfType(CaissonException.class)
          .isThrownBy(() -> count(session, query))
          .matches(e -> e.state() == SqlState.OUT_OF_MEMORY)
          .matches(e -> String.valueOf(e.hint()).contains("statement_memory"));
      session.execute("SET statement_memory TO DEFAULT").close();
      assertThat(count(session, query)).isEqualTo(2000);
    }
  }

  private static int count(Session session, String query) {
    try (Result result = session.execute(query)) {
      return result.toList().size();
    }
  }
}
