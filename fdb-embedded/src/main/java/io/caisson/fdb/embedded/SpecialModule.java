package io.caisson.fdb.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The modules of FoundationDB's special keys: parts of the space above {@code \xff\xff}, each with
 * its own meaning. A read keeps to one of them unless the transaction says otherwise.
 */
enum SpecialModule {
  // In the order of their keys.
  ACTOR_LINEAGE("actor_lineage/", false),
  ACTOR_PROFILER("actor_profiler_conf/", false),
  CLUSTER_FILE_PATH("cluster_file_path", false),
  CLUSTER_ID("cluster_id", false),
  CONFIGURATION("configuration/", true),
  CONNECTION_STRING("connection_string", false),
  ERROR_MESSAGE("error_message", false),
  GLOBAL_CONFIGURATION("global_config/", true),
  MANAGEMENT("management/", true),
  METRICS("metrics/", false),
  STATUS("status/json", false),
  TRACING("tracing/", true),
  TRANSACTION("transaction/", false),
  WORKER_INTERFACES("worker_interfaces/", false);

  static final byte[] SPACE_BEGIN = {(byte) 0xff, (byte) 0xff};
  static final byte[] SPACE_END = {(byte) 0xff, (byte) 0xff, (byte) 0xff};

  private final boolean writable;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it, and it stays in the package
  private final byte[] begin;

  @SuppressWarnings("ImmutableEnumChecker") // as above
  private final byte[] end;

  SpecialModule(String name, boolean writable) {
    this.writable = writable;
    this.begin = key(name);
    boolean isRange = name.endsWith("/");
    this.end = Arrays.copyOf(begin, begin.length + (isRange ? 0 : 1));
    if (isRange) {
      end[end.length - 1]++;
    }
  }

  /** A special key by its name. */
  static byte[] key(String name) {
    return ("\u00ff\u00ff/" + name).getBytes(StandardCharsets.ISO_8859_1);
  }

  byte[] begin() {
    return begin;
  }

  byte[] end() {
    return end;
  }

  /** Whether its keys can be written on a cluster. */
  boolean isWritable() {
    return writable;
  }

  private boolean contains(byte[] key) {
    return Arrays.compareUnsigned(begin, key) <= 0 && Arrays.compareUnsigned(key, end) < 0;
  }

  /** The module of a key, or null if the key lies between two. */
  static @Nullable SpecialModule of(byte[] key) {
    for (SpecialModule module : values()) {
      if (module.contains(key)) {
        return module;
      }
    }
    return null;
  }

  /** The module that holds the keys right below a bound, or null. */
  static @Nullable SpecialModule below(byte[] bound) {
    for (SpecialModule module : values()) {
      if (Arrays.compareUnsigned(module.begin, bound) < 0
          && Arrays.compareUnsigned(bound, module.end) <= 0) {
        return module;
      }
    }
    return null;
  }

  /** Where the gap between modules that holds the key ends. */
  static byte[] endOfGap(byte[] key) {
    for (SpecialModule module : values()) {
      if (Arrays.compareUnsigned(key, module.begin) < 0) {
        return module.begin;
      }
    }
    return SPACE_END;
  }
}
