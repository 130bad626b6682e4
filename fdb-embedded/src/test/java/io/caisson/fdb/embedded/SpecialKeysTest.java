package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What lies above {@code \xff\xff}. */
final class SpecialKeysTest {
  private final StoreUnderTest store = new StoreUnderTest();

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static byte[] special(String name) {
    return SpecialModule.key(name);
  }

  private static void assertFails(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .cause()
        .isInstanceOfSatisfying(
            FDBException.class, known -> assertThat(known.getCode()).isEqualTo(code));
  }

  private static List<String> bounds(Transaction transaction, String module) {
    byte[] prefix = special("transaction/" + module + "/");
    return transaction.getRange(prefix, ByteArrayUtil.strinc(prefix)).asList().join().stream()
        .map(SpecialKeysTest::bound)
        .toList();
  }

  private static String bound(KeyValue row) {
    String key = ByteArrayUtil.printable(row.getKey());
    return key.substring(key.lastIndexOf('/') + 1) + "=" + new String(row.getValue(), UTF_8);
  }

  @Test
  void conflictRangesOfTheTransactionAreTold() {
    try (Transaction transaction = store.database().createTransaction()) {
      transaction.get("r".getBytes(UTF_8)).join();
      transaction.addReadConflictRange("s".getBytes(UTF_8), "t".getBytes(UTF_8));
      transaction.set("w".getBytes(UTF_8), new byte[0]);
      transaction.get("w".getBytes(UTF_8)).join();
      assertThat(bounds(transaction, "read_conflict_range"))
          .containsExactly("r=1", "r\\x00=0", "s=1", "t=0");
      assertThat(bounds(transaction, "write_conflict_range")).containsExactly("w=1", "w\\x00=0");
    }
  }

  @Test
  void keysOfAConflictAreToldWhereThatIsAskedFor() {
    try (Transaction transaction = store.database().createTransaction()) {
      transaction.options().setReportConflictingKeys();
      transaction.get("a".getBytes(UTF_8)).join();
      transaction.get("c".getBytes(UTF_8)).join();
      transaction.set("x".getBytes(UTF_8), new byte[0]);
      store
          .database()
          .run(
              other -> {
                other.set("c".getBytes(UTF_8), new byte[0]);
                return 0;
              });
      assertFails(1020, () -> transaction.commit().join());
      assertThat(bounds(transaction, "conflicting_keys")).containsExactly("c=1", "c\\x00=0");
    }
  }

  @Test
  void statusSaysWhatTheDatabaseIs() {
    try (Transaction transaction = store.database().createTransaction()) {
      String status = new String(transaction.get(special("status/json")).join(), UTF_8);
      assertThat(status)
          .contains("\"database_available\":true", "\"durability\":\"relaxed\"")
          .contains("caisson-fdb-embedded");
      assertThat(new String(transaction.get(special("cluster_file_path")).join(), UTF_8))
          .isEqualTo(store.embedded().directory().toString());
      assertThat(transaction.get(special("error_message")).join()).isNull();
    }
  }

  @Test
  void readsKeepToAModule() {
    try (Transaction transaction = store.database().createTransaction()) {
      assertFails(2113, () -> transaction.get(special("nowhere")).join());
      assertFails(
          2112,
          () -> transaction.getRange(special("status/json"), special("tracing/")).asList().join());
      transaction.options().setSpecialKeySpaceRelaxed();
      assertThat(transaction.getRange(special("status/json"), special("tracing/")).asList().join())
          .hasSize(1);
    }
  }

  @Test
  void writesAreRefusedWithTheirReason() {
    try (Transaction transaction = store.database().createTransaction()) {
      transaction.set(special("management/excluded/1"), new byte[0]);
      assertFails(2114, () -> transaction.commit().join());
    }
    try (Transaction transaction = store.database().createTransaction()) {
      transaction.options().setSpecialKeySpaceEnableWrites();
      transaction.set(special("status/json"), new byte[0]);
      assertFails(2115, () -> transaction.commit().join());
    }
    try (Transaction transaction = store.database().createTransaction()) {
      transaction.options().setSpecialKeySpaceEnableWrites();
      transaction.clear(special("configuration/a"), special("management/b"));
      assertFails(2116, () -> transaction.commit().join());
    }
    try (Transaction transaction = store.database().createTransaction()) {
      transaction.options().setSpecialKeySpaceEnableWrites();
      transaction.set(special("management/excluded/1"), new byte[0]);
      assertFails(2117, () -> transaction.commit().join());
      assertThat(new String(transaction.get(special("error_message")).join(), UTF_8))
          .contains("nothing to configure");
    }
  }
}
