package io.caisson.tests;

import io.caisson.cli.Main;
import io.caisson.cli.command.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program {@code caisson}, in this process or in one of its own. Stateless. */
public final class CommandLine {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  /** What newer JVMs want to be told before they let libraries use memory of their own in peace. */
  private static final List<String> NEWER_JVM_OPTIONS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private static final int NEWER = 24;

  private CommandLine() {}

  /**
   * What a command did.
   *
   * @param exitCode its exit code
   * @param out what it printed
   * @param err what it printed as errors
   */
  public record Outcome(int exitCode, String out, String err) {}

  /** Runs a command in this process. */
  public static Outcome run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            Streams.of(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /**
   * Starts a Java program in a process of its own.
   *
   * @param directory where it runs, and where its output goes to the file {@code output.txt}
   * @param classPath directories before the tests' own class path
   * @param mainClass the program
   * @param arguments its arguments
   */
  public static Process start(
      Path directory, List<Path> classPath, String mainClass, List<String> arguments) {
    List<String> command = java();
    command.add(temporaryFilesIn(directory));
    command.add("-cp");
    var path = new ArrayList<>(classPath.stream().map(Path::toString).toList());
    path.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(String.join(System.getProperty("path.separator"), path));
    command.add(mainClass);
    command.addAll(arguments);
    return start(directory, command);
  }

  /** The beginning of a command that runs Java as the launcher does, to add to. */
  public static List<String> java() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    if (Runtime.version().feature() >= NEWER) {
      command.addAll(NEWER_JVM_OPTIONS);
    }
    return command;
  }

  /**
   * Starts a command of the system; its output goes to the file {@code output.txt}. A launcher
   * among the commands starts what is built and builds nothing.
   */
  public static Process start(Path directory, List<String> command) {
    try {
      var builder = new ProcessBuilder(command);
      builder.environment().put("CAISSON_BUILD", "never");
      builder.environment().put("CAISSON_JAVA_OPTS", temporaryFilesIn(directory));
      return builder
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectOutput(directory.resolve("output.txt").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a killed program leaves behind goes with the directory of its test. */
  private static String temporaryFilesIn(Path directory) {
    return "-Djava.io.tmpdir=" + directory.toAbsolutePath();
  }

  /** Waits for a process, and kills it, with all it started, when it takes too long. */
  public static boolean ends(Process process, long seconds) {
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return false;
  }
}
