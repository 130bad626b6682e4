package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.join;
import static io.caisson.fdb.embedded.conformance.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One test of the suite on one store, below a prefix of its own that is cleared afterwards. Tests
 * expect nothing of the rest of the key space. Conflicts that a test wants are made by {@link
 * #put(String, String)} and its kin, which commit in transactions of their own.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.caisson.fdb.embedded.conformance.Store#all")
@Timeout(120)
abstract class ConformanceTest {
  /** The kind of database. */
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @Parameter
  Store store;

  private final byte[] prefix = Tuple.from("caisson conformance", UUID.randomUUID()).pack();
  private final List<Transaction> open = new ArrayList<>();
  private final List<Database> others = new ArrayList<>();

  @AfterEach
  final void clearAndClose() {
    open.forEach(Transaction::close);
    others.forEach(Store::close);
    commit(transaction -> transaction.clear(Range.startsWith(prefix)));
  }

  final Database database() {
    return store.shared();
  }

  /** A database whose options a test may change. */
  final Database another() {
    Database other = store.open();
    others.add(other);
    return other;
  }

  /** A transaction that is closed after the test. */
  final Transaction begin() {
    Transaction transaction = database().createTransaction();
    open.add(transaction);
    return transaction;
  }

  /** A transaction that is closed after the test and has its read version. */
  final Transaction beginNow() {
    Transaction transaction = begin();
    transaction.getReadVersion().join();
    return transaction;
  }

  final byte[] prefix() {
    return prefix.clone();
  }

  final Subspace subspace() {
    return new Subspace(prefix);
  }

  final byte[] key(String name) {
    return join(prefix, bytes(name));
  }

  /** The name of a key, or what the key is if it is none of this test's. */
  final @Nullable String name(byte[] key) {
    return ByteArrayUtil.startsWith(key, prefix)
        ? text(Arrays.copyOfRange(key, prefix.length, key.length))
        : ByteArrayUtil.printable(key);
  }

  final List<@Nullable String> names(List<KeyValue> rows) {
    return rows.stream().<@Nullable String>map(row -> name(row.getKey())).toList();
  }

  final void commit(Consumer<Transaction> writes) {
    database()
        .run(
            transaction -> {
              writes.accept(transaction);
              return 0;
            });
  }

  final void put(String name, String value) {
    commit(transaction -> transaction.set(key(name), bytes(value)));
  }

  /** Writes names as keys, all with the value "-". */
  final void putAll(String... names) {
    commit(
        transaction -> {
          for (String name : names) {
            transaction.set(key(name), bytes("-"));
          }
        });
  }

  final void clear(String name) {
    commit(transaction -> transaction.clear(key(name)));
  }

  final @Nullable String get(String name) {
    return database().read(transaction -> get(transaction, name));
  }

  final @Nullable String get(ReadTransaction transaction, String name) {
    return text(transaction.get(key(name)).join());
  }

  /** The rows from one name up to another. */
  final List<KeyValue> range(ReadTransaction transaction, String begin, String end) {
    return transaction.getRange(key(begin), key(end)).asList().join();
  }

  static Throwable unwrapped(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && failure.getCause() != null ? failure.getCause() : failure;
  }

  static void assertFails(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            failure ->
                assertThat(unwrapped(failure))
                    .isInstanceOfSatisfying(
                        FDBException.class, known -> assertThat(known.getCode()).isEqualTo(code)));
  }

  /** Commits a transaction that must conflict. A write is added, or there would be no commit. */
  final void assertConflicts(Transaction transaction) {
    transaction.set(key("~ a write"), bytes(""));
    assertFails(1020, () -> transaction.commit().join());
  }

  /** Commits a transaction that must not conflict. */
  final void assertCommits(Transaction transaction) {
    transaction.set(key("~ a write"), bytes(""));
    transaction.commit().join();
  }
}
