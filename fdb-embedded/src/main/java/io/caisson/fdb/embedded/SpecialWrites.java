package io.caisson.fdb.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes of special keys. They would configure a cluster; here is nothing to configure, so each is
 * refused as FoundationDB refuses one that cannot be done: at the commit, with the reason under
 * {@code \xff\xff/error_message}. Guarded by its transaction.
 */
final class SpecialWrites {
  private final TransactionState state;
  private @Nullable SpecialModule written;
  private @Nullable String message;

  SpecialWrites(TransactionState state) {
    this.state = state;
  }

  void set(byte[] key) {
    write(SpecialModule.of(key));
  }

  void clear(byte[] begin, byte[] end) {
    checkEnabled();
    if (Arrays.equals(begin, end)) {
      return;
    }
    SpecialModule first = writable(SpecialModule.of(begin));
    if (first != writable(SpecialModule.below(end))) {
      throw ErrorCode.SPECIAL_KEYS_CROSS_MODULE_CLEAR.exception();
    }
    write(first);
  }

  private static @Nullable SpecialModule writable(@Nullable SpecialModule module) {
    return module != null && module.isWritable() ? module : null;
  }

  private void write(@Nullable SpecialModule module) {
    checkEnabled();
    if (writable(module) == null) {
      throw ErrorCode.SPECIAL_KEYS_NO_WRITE_MODULE_FOUND.exception();
    }
    written = module;
  }

  private void checkEnabled() {
    if (!state.settings().specialKeysWritable) {
      throw ErrorCode.SPECIAL_KEYS_WRITE_DISABLED.exception();
    }
  }

  /** Refuses the commit if special keys were written. */
  void check() {
    SpecialModule module = written;
    if (module != null) {
      String name = new String(module.begin(), StandardCharsets.ISO_8859_1).substring(3);
      message =
          "{\"retriable\":false,\"command\":\""
              + name
              + "\",\"message\":\"An embedded database has nothing to configure.\"}";
      throw ErrorCode.SPECIAL_KEYS_API_FAILURE.exception();
    }
  }

  /** Why the commit was refused, or null. */
  byte @Nullable [] message() {
    return message == null ? null : message.getBytes(StandardCharsets.UTF_8);
  }

  void reset() {
    written = null;
    message = null;
  }
}
