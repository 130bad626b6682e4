package io.caisson.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The keys and values that both stores get. Stateless. */
final class Workload {
  /** Keys that are there before reads are measured. */
  static final int KEYS = 200_000;

  /** Reads of one reading transaction. */
  static final int READS = 100;

  /** Rows of one scan. */
  static final int SCANNED = 10_000;

  /** Writes of one large transaction. */
  static final int PUTS = 1_000;

  private static final int VALUE_BYTES = 100;

  private Workload() {}

  /** The key with a number; numbers and keys are in the same order. */
  static byte[] key(long number) {
    byte[] key = "key/000000000000".getBytes(StandardCharsets.US_ASCII);
    long rest = number;
    for (int i = key.length - 1; rest > 0; i--) {
      key[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return key;
  }

  /** A value of 100 random bytes. */
  static byte[] value(SplittableRandom random) {
    byte[] value = new byte[VALUE_BYTES];
    random.nextBytes(value);
    return value;
  }

  /** A directory on the disk that temporary files are on. */
  static Path newDirectory() {
    try {
      return Files.createTempDirectory("caisson-benchmark-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a directory and what is in it. */
  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
