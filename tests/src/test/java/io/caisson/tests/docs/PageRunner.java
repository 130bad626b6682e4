package io.caisson.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.tests.CommandLine;
import io.caisson.tests.Repository;
import io.caisson.tests.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Runs the blocks of one page, in order, in a fresh directory in which the launcher {@code
 * ./caisson} stands. What a block is, its info string says:
 *
 * <pre>
 *   sh              commands, run by the shell; they must succeed
 *   sh demo         a command that draws until it is stopped: must still be alive, and drawing, after a while
 *   sh benchmark    commands that are run on a fiftieth of their 1000000 rows
 *   sh measurement  commands that start a program of the benchmarks module, which takes minutes: must be there
 *   sh tests        the command that runs all tests: must be the one the build machine calls
 *   sql session     a transcript of the prompt: each statement's answer is compared
 *   java            a program: compiled and run
 *   text output     exactly what the block before it printed
 *   text sample     what the block before it printed, up to numbers and blanks
 *   &lt;format&gt; file NAME   a file for the blocks that follow
 *   text diagram    a drawing; not run
 * </pre>
 *
 * <p>Any other info string is an error, so that nothing escapes. For one thread.
 */
final class PageRunner implements AutoCloseable {
  private static final int LONGEST_SECONDS = 120;
  private static final int DEMO_SECONDS = 8;
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");
  private static final Pattern FILE = Pattern.compile("\\w+ file (\\S+)");
  private static final Pattern LAUNCHER_CALL = Pattern.compile("exec .*/caisson\"? (.+)");
  private static final Pattern MEASUREMENT =
      Pattern.compile(
          "target/(caisson-\\w+)-([0-9][^:]*)\\.jar:benchmarks/target/lib/\\*' (io\\.caisson\\.[\\w.]+)");
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.,:_]*");

  private final TemporaryDirectory temporary = TemporaryDirectory.create();
  private final Path directory = temporary.path();
  private String output = "";

  /** A runner in a fresh directory. */
  PageRunner() {
    try {
      Files.createSymbolicLink(directory.resolve("caisson"), Repository.root().resolve("caisson"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a block. */
  void run(Block block) throws IOException {
    Matcher file = FILE.matcher(block.info());
    if (file.matches()) {
      Files.writeString(directory.resolve(file.group(1)), block.text() + "\n");
      return;
    }
    switch (block.info()) {
      case "sh" -> runShell(block, block.text());
      case "sh benchmark" -> runShell(block, block.text().replace("1000000", "20000"));
      case "sh measurement" -> assertIsThere(block);
      case "sh demo" -> runDemo(block);
      case "sh tests" -> assertIsTheTestCommand(block);
      case "sql session" -> runTranscript(block);
      case "java" -> runJava(block);
      case "text output" ->
          assertThat(trimmed(output)).as(block.place()).isEqualTo(trimmed(block.text()));
      case "text sample" -> assertLooksLike(block);
      case "text diagram" -> output = "";
      default ->
          throw new AssertionError(
              block.place() + ": nothing is known of blocks marked \"" + block.info() + "\"");
    }
  }

  private void runShell(Block block, String commands) throws IOException {
    Process shell = shell(commands);
    boolean ended = CommandLine.ends(shell, LONGEST_SECONDS);
    output = Files.readString(directory.resolve("output.txt"));
    assertThat(ended).as(block.place() + " ends\n" + output).isTrue();
    assertThat(shell.exitValue()).as(block.place() + "\n" + output).isZero();
  }

  private void runDemo(Block block) throws IOException {
    Process shell = shell("exec " + block.text());
    boolean ended = CommandLine.ends(shell, DEMO_SECONDS);
    output = Files.readString(directory.resolve("output.txt"));
    assertThat(ended).as(block.place() + " draws until it is stopped\n" + output).isFalse();
    assertThat(output).as(block.place()).isNotBlank().doesNotContain("ERROR");
  }

  private Process shell(String command) {
    return CommandLine.start(directory, List.of("sh", "-e", "-c", command));
  }

  private static void assertIsThere(Block block) {
    Matcher program = MEASUREMENT.matcher(block.text());
    assertThat(program.find()).as(block.place() + ": names a jar and a program").isTrue();
    String pom = Repository.read(Repository.root().resolve("benchmarks/pom.xml"));
    assertThat(pom)
        .as(block.place())
        .contains("<artifactId>" + program.group(1) + "</artifactId>")
        .contains("<version>" + program.group(2) + "</version>");
    String source = program.group(3).replace('.', '/') + ".java";
    assertThat(Repository.read(Repository.root().resolve("benchmarks/src/main/java/" + source)))
        .as(block.place())
        .contains("public static void main(String[] arguments)");
  }

  private static void assertIsTheTestCommand(Block block) {
    List<String> called =
        Repository.read(Repository.root().resolve(".ci/run"))
            .lines()
            .map(LAUNCHER_CALL::matcher)
            .filter(Matcher::matches)
            .map(call -> "./caisson " + call.group(1))
            .toList();
    assertThat(called).as(block.place() + ": what .ci/run calls").containsExactly(block.text());
  }

  private void runTranscript(Block block) {
    for (Transcript.Exchange exchange : Transcript.withTransactions(Transcript.of(block))) {
      CommandLine.Outcome outcome =
          CommandLine.run(
              "sql",
              "--data",
              directory.resolve("caisson-data").toString(),
              "-c",
              exchange.statement());
      assertThat(trimmed(outcome.out() + outcome.err()))
          .as(block.place() + ": " + exchange.statement())
          .isEqualTo(trimmed(exchange.answer()));
    }
  }

  private void runJava(Block block) throws IOException {
    Matcher name = CLASS.matcher(block.text());
    assertThat(name.find()).as(block.place() + " holds a class").isTrue();
    Path source = directory.resolve(name.group(1) + ".java");
    Files.writeString(source, block.text());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all,-path",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                directory.toString(),
                source.toString());
    assertThat(failed).as(block.place() + " compiles").isZero();
    Process program = CommandLine.start(directory, List.of(directory), name.group(1), List.of());
    boolean ended = CommandLine.ends(program, LONGEST_SECONDS);
    output = Files.readString(directory.resolve("output.txt"));
    assertThat(ended && program.exitValue() == 0).as(block.place() + "\n" + output).isTrue();
  }

  private void assertLooksLike(Block block) {
    List<String> shape = shape(output);
    int at = 0;
    for (String line : shape(block.text())) {
      int found = shape.subList(at, shape.size()).indexOf(line);
      assertThat(found)
          .as(block.place() + ": a line like \"" + line + "\" in\n" + output)
          .isNotNegative();
      at += found + 1;
    }
  }

  private static List<String> shape(String text) {
    var shape = new ArrayList<String>();
    for (String line : text.lines().toList()) {
      String masked =
          NUMBER.matcher(line).replaceAll("0").replaceAll("[-#─█▏▎▍▌▋▊▉ \t]+", " ").strip();
      if (!masked.isEmpty()) {
        shape.add(masked);
      }
    }
    return shape;
  }

  private static List<String> trimmed(String text) {
    return text.strip().lines().map(String::stripTrailing).toList();
  }

  @Override
  public void close() {
    temporary.close();
  }
}
