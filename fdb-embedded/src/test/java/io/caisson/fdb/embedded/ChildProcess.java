package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a class of the tests in a JVM of its own. */
final class ChildProcess {
  /** What a killed process leaves behind goes with the build. */
  private static final Path TEMPORARY_FILES = Path.of("target", "children").toAbsolutePath();

  private ChildProcess() {}

  static Process start(Class<?> main, String... arguments) throws IOException {
    return new ProcessBuilder(command(main, arguments)).redirectErrorStream(true).start();
  }

  /** Starts it with a limit on the size of the files that it writes, in blocks of 512 bytes. */
  static Process startWithFileLimit(int blocks, Class<?> main, String... arguments)
      throws IOException {
    StringBuilder script = new StringBuilder("ulimit -f " + blocks + "; exec");
    for (String word : command(main, arguments)) {
      script.append(" '").append(word).append('\'');
    }
    return new ProcessBuilder("sh", "-c", script.toString()).redirectErrorStream(true).start();
  }

  static String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return output(start(main, arguments));
  }

  static String output(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static List<String> command(Class<?> main, String... arguments) throws IOException {
    Files.createDirectories(TEMPORARY_FILES);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xshare:auto");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.io.tmpdir=" + TEMPORARY_FILES);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
