package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static io.caisson.fdb.embedded.conformance.Bytes.join;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.async.CloneableException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FoundationDB's error codes: for each that a program can meet, a way to meet it; and whether a
 * transaction that met it may be tried again.
 */
final class ErrorsTest extends ConformanceTest {
  private static final byte[] NOWHERE = join(hex("ffff"), bytes("/no_such_module/x"));

  /** A code, and what a program does to get it. */
  @SuppressWarnings("ImmutableEnumChecker") // the ways hold nothing
  enum Reached {
    TRANSACTION_TOO_OLD(
        1007,
        (test, transaction) -> {
          transaction.setReadVersion(1);
          return transaction.get(test.key("a"));
        }),
    FUTURE_VERSION(
        1009,
        (test, transaction) -> {
          transaction.setReadVersion(Long.MAX_VALUE / 2);
          return transaction.get(test.key("a"));
        }),
    NOT_COMMITTED(
        1020,
        (test, transaction) -> {
          transaction.get(test.key("a")).join();
          test.put("a", "1");
          transaction.set(test.key("b"), bytes("1"));
          return transaction.commit();
        }),
    TRANSACTION_CANCELLED(
        1025,
        (test, transaction) -> {
          transaction.cancel();
          return transaction.get(test.key("a"));
        }),
    TRANSACTION_TIMED_OUT(
        1031,
        (test, transaction) -> {
          transaction.options().setTimeout(1);
          return transaction.getVersionstamp();
        }),
    TOO_MANY_WATCHES(
        1032,
        (test, transaction) -> {
          Database other = test.another();
          other.options().setMaxWatches(0);
          return other.run(
              own -> {
                CompletableFuture<Void> watch = own.watch(test.key("a"));
                return watch;
              });
        }),
    WATCHES_DISABLED(
        1034,
        (test, transaction) -> {
          transaction.options().setReadYourWritesDisable();
          return transaction.watch(test.key("a"));
        }),
    ACCESSED_UNREADABLE(
        1036,
        (test, transaction) -> {
          transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, test.key("a"), new byte[14]);
          return transaction.get(test.key("a"));
        }),
    CLIENT_INVALID_OPERATION(
        2000,
        (test, transaction) -> {
          transaction.set(test.key("a"), bytes("1"));
          transaction.options().setReadYourWritesDisable();
          return transaction.commit();
        }),
    KEY_OUTSIDE_LEGAL_RANGE(2004, (test, transaction) -> transaction.get(hex("ff"))),
    INVERTED_RANGE(
        2005,
        (test, transaction) -> {
          transaction.clear(test.key("b"), test.key("a"));
          return transaction.commit();
        }),
    INVALID_OPTION_VALUE(
        2006,
        (test, transaction) -> {
          transaction.options().setTimeout(-1);
          return transaction.commit();
        }),
    INVALID_OPTION(
        2007,
        (test, transaction) -> {
          transaction.options().getOptionConsumer().setOption(77, null);
          return transaction.commit();
        }),
    READ_VERSION_ALREADY_SET(
        2010,
        (test, transaction) -> {
          transaction.getReadVersion().join();
          transaction.setReadVersion(1);
          return transaction.commit();
        }),
    VERSION_INVALID(
        2011,
        (test, transaction) -> {
          transaction.setReadVersion(0);
          return transaction.commit();
        }),
    RANGE_LIMITS_INVALID(
        2012,
        (test, transaction) -> transaction.getRange(test.key("a"), test.key("b"), -5).asList()),
    USED_DURING_COMMIT(
        2017,
        (test, transaction) -> {
          transaction.commit().join();
          return transaction.get(test.key("a"));
        }),
    TRANSACTION_INVALID_VERSION(
        2020,
        (test, transaction) -> {
          CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
          transaction.get(test.key("a")).join();
          test.put("a", "1");
          transaction.set(test.key("b"), bytes("1"));
          return transaction.commit().handle((done, failure) -> 0).thenCompose(done -> stamp);
        }),
    NO_COMMIT_VERSION(
        2021,
        (test, transaction) -> {
          CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
          return transaction.commit().thenCompose(done -> stamp);
        }),
    TRANSACTION_READ_ONLY(
        2023,
        (test, transaction) -> {
          transaction.options().setReadLockAware();
          transaction.set(test.key("a"), bytes("1"));
          return transaction.commit();
        }),
    TRANSACTION_TOO_LARGE(
        2101,
        (test, transaction) -> {
          transaction.options().setSizeLimit(32);
          transaction.set(test.key("a"), bytes("1"));
          return transaction.commit();
        }),
    KEY_TOO_LARGE(
        2102,
        (test, transaction) -> {
          transaction.set(Arrays.copyOf(test.key("a"), 10_001), bytes("1"));
          return transaction.commit();
        }),
    VALUE_TOO_LARGE(
        2103,
        (test, transaction) -> {
          transaction.set(test.key("a"), new byte[100_001]);
          return transaction.commit();
        }),
    TAG_TOO_LONG(
        2110,
        (test, transaction) -> {
          transaction.options().setTag("t".repeat(256));
          return transaction.commit();
        }),
    TOO_MANY_TAGS(
        2109,
        (test, transaction) -> {
          for (int i = 0; i < 6; i++) {
            transaction.options().setTag("tag" + i);
          }
          return transaction.commit();
        }),
    SPECIAL_KEYS_CROSS_MODULE_READ(
        2112,
        (test, transaction) ->
            transaction
                .getRange(
                    join(hex("ffff"), bytes("/status/json")),
                    join(hex("ffff"), bytes("/transaction/z")))
                .asList()),
    SPECIAL_KEYS_NO_MODULE_FOUND(2113, (test, transaction) -> transaction.get(NOWHERE)),
    SPECIAL_KEYS_WRITE_DISABLED(
        2114,
        (test, transaction) -> {
          transaction.set(NOWHERE, bytes("1"));
          return transaction.commit();
        }),
    SPECIAL_KEYS_NO_WRITE_MODULE_FOUND(
        2115,
        (test, transaction) -> {
          transaction.options().setSpecialKeySpaceEnableWrites();
          transaction.set(NOWHERE, bytes("1"));
          return transaction.commit();
        }),
    EXACT_MODE_WITHOUT_LIMITS(
        2210,
        (test, transaction) ->
            transaction
                .getRange(test.key("a"), test.key("b"), 0, false, StreamingMode.EXACT)
                .asList());

    private final int code;
    private final BiFunction<ErrorsTest, Transaction, CompletableFuture<?>> way;

    Reached(int code, BiFunction<ErrorsTest, Transaction, CompletableFuture<?>> way) {
      this.code = code;
      this.way = way;
    }
  }

  private static final Set<Integer> NOT_COMMITTED =
      Set.of(1007, 1009, 1020, 1037, 1038, 1042, 1051, 1078, 1213, 1223);
  private static final Set<Integer> MAYBE_COMMITTED = Set.of(1021, 1039);

  private static @Nullable Throwable failure(
      BiFunction<ErrorsTest, Transaction, CompletableFuture<?>> way,
      ErrorsTest test,
      Transaction transaction) {
    try {
      way.apply(test, transaction).orTimeout(10, TimeUnit.SECONDS).join();
      return null;
    } catch (CompletionException | FDBException failure) {
      return unwrapped(failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void codeIsReachedAndKnowsWhetherToTryAgain(Reached reached) {
    Throwable failure = failure(reached.way, this, begin());
    assertThat(failure).isInstanceOf(FDBException.class);
    FDBException error = (FDBException) Objects.requireNonNull(failure);
    assertThat(error.getCode()).isEqualTo(reached.code);
    assertThat(error.getMessage()).isNotBlank();
    assertThat(error.isSuccess()).isFalse();
    boolean notCommitted = NOT_COMMITTED.contains(reached.code);
    boolean maybeCommitted = MAYBE_COMMITTED.contains(reached.code);
    assertThat(error.isRetryableNotCommitted()).isEqualTo(notCommitted);
    assertThat(error.isMaybeCommitted()).isEqualTo(maybeCommitted);
    assertThat(error.isRetryable()).isEqualTo(notCommitted || maybeCommitted);
    FDBException copy = (FDBException) ((CloneableException) error).retargetClone();
    assertThat(copy.getCode()).isEqualTo(reached.code);
    assertThat(copy.isRetryable()).isEqualTo(error.isRetryable());
  }

  /**
   * Without 1039 and 1100: a client with several versions of its library tries 1039 again and one
   * without does not; 1100 is turned into 1025.
   */
  static Stream<Integer> codes() {
    return Stream.of(
        1000, 1001, 1004, 1006, 1007, 1009, 1020, 1021, 1022, 1025, 1026, 1029, 1031, 1032, 1034,
        1036, 1037, 1038, 1042, 1051, 1078, 1101, 1213, 1223, 1500, 1510, 2000, 2002, 2003, 2004,
        2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019,
        2020, 2021, 2023, 2101, 2102, 2103, 2108, 2113, 2210, 4000, 4100);
  }

  /** Also of errors that came from elsewhere, as a layer's test or another binding makes them. */
  @ParameterizedTest
  @MethodSource("codes")
  void onErrorTriesAgainWhereThatHelps(int code) {
    Transaction transaction = database().createTransaction();
    boolean again = NOT_COMMITTED.contains(code) || MAYBE_COMMITTED.contains(code);
    CompletableFuture<Transaction> next =
        transaction.onError(new FDBException("from elsewhere", code));
    if (again) {
      next.join().close();
    } else {
      assertFails(code, next::join);
      transaction.close();
    }
  }
}
