package io.caisson.fdb.embedded.conformance;

import static io.caisson.fdb.embedded.conformance.Bytes.bytes;
import static io.caisson.fdb.embedded.conformance.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.directory.Directory;
import com.apple.foundationdb.directory.DirectoryAlreadyExistsException;
import com.apple.foundationdb.directory.DirectoryLayer;
import com.apple.foundationdb.directory.DirectorySubspace;
import com.apple.foundationdb.directory.MismatchedLayerException;
import com.apple.foundationdb.directory.NoSuchDirectoryException;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tuples, subspaces and the directory layer, whose code is FoundationDB's own. */
final class LayersTest extends ConformanceTest {
  private static final byte[] LAYER = bytes("layer");

  private Directory root() {
    return new DirectoryLayer(new Subspace(key("nodes")), new Subspace(key("content")), false);
  }

  @Test
  void tuplesAreStoredInTheirOrder() {
    List<Tuple> tuples =
        new ArrayList<>(
            List.of(
                Tuple.from((Object) null),
                Tuple.from((Object) hex("00")),
                Tuple.from((Object) hex("0001")),
                Tuple.from(""),
                Tuple.from("a"),
                Tuple.from("a", "b"),
                Tuple.from("a\u0000"),
                Tuple.from("ä"),
                Tuple.from(Tuple.from("a"), 1),
                Tuple.from(new BigInteger("-100000000000000000000")),
                Tuple.from(Long.MIN_VALUE),
                Tuple.from(-1),
                Tuple.from(0),
                Tuple.from(1),
                Tuple.from(255),
                Tuple.from(256),
                Tuple.from(Long.MAX_VALUE),
                Tuple.from(new BigInteger("100000000000000000000")),
                Tuple.from(-1.5f),
                Tuple.from(2.5f),
                Tuple.from(-1.5d),
                Tuple.from(2.5d),
                Tuple.from(false),
                Tuple.from(true),
                Tuple.from(new UUID(1, 2)),
                Tuple.from(Versionstamp.complete(new byte[10], 3))));
    List<Tuple> shuffled = new ArrayList<>(tuples);
    Collections.reverse(shuffled);
    commit(
        transaction ->
            shuffled.forEach(tuple -> transaction.set(subspace().pack(tuple), tuple.pack())));
    List<KeyValue> rows =
        database().read(read -> read.getRange(subspace().range()).asList().join());
    assertThat(rows).extracting(row -> subspace().unpack(row.getKey())).isEqualTo(tuples);
    assertThat(rows).extracting(row -> Tuple.fromBytes(row.getValue())).isEqualTo(tuples);
  }

  @Test
  void incompleteStampIsCompletedByTheCommit() {
    Tuple incomplete = Tuple.from("event", Versionstamp.incomplete(7), "end");
    byte[] stamp =
        database()
            .run(
                transaction -> {
                  transaction.mutate(
                      MutationType.SET_VERSIONSTAMPED_KEY,
                      subspace().packWithVersionstamp(incomplete),
                      bytes("1"));
                  transaction.mutate(
                      MutationType.SET_VERSIONSTAMPED_VALUE,
                      key("value"),
                      incomplete.packWithVersionstamp());
                  return transaction.getVersionstamp();
                })
            .join();
    Tuple complete = Tuple.from("event", Versionstamp.complete(stamp, 7), "end");
    byte[] atKey = database().read(read -> read.get(subspace().pack(complete)).join());
    byte[] inValue = database().read(read -> read.get(key("value")).join());
    assertThat(atKey).isEqualTo(bytes("1"));
    assertThat(Tuple.fromBytes(inValue).equals(complete)).isTrue();
  }

  @Test
  void subspacesKeepToThemselves() {
    Subspace first = subspace().get("first");
    Subspace second = subspace().get("second");
    commit(
        transaction -> {
          transaction.set(first.pack(1), bytes("1"));
          transaction.set(second.pack(1), bytes("2"));
        });
    commit(transaction -> transaction.clear(first.range()));
    assertThat(database().<byte[]>read(read -> read.get(first.pack(1)).join())).isNull();
    assertThat(database().<byte[]>read(read -> read.get(second.pack(1)).join()))
        .isEqualTo(bytes("2"));
    assertThat(first.contains(first.pack(1))).isTrue();
    assertThat(first.contains(second.pack(1))).isFalse();
  }

  @Test
  void directoriesAreCreatedOpenedListedMovedAndRemoved() {
    Directory root = root();
    DirectorySubspace users = root.create(database(), List.of("app", "users"), LAYER).join();
    DirectorySubspace orders = root.createOrOpen(database(), List.of("app", "orders")).join();
    assertThat(users.getKey()).isNotEqualTo(orders.getKey());
    assertThat(root.open(database(), List.of("app", "users"), LAYER).join()).isEqualTo(users);
    assertThat(root.list(database(), List.of("app")).join()).containsExactly("orders", "users");
    assertThat(root.exists(database(), List.of("app", "nobody")).join()).isFalse();
    commit(transaction -> transaction.set(users.pack(1), bytes("one")));
    DirectorySubspace people =
        root.move(database(), List.of("app", "users"), List.of("app", "people")).join();
    assertThat(people.getKey()).isEqualTo(users.getKey());
    assertThat(database().<byte[]>read(read -> read.get(people.pack(1)).join()))
        .isEqualTo(bytes("one"));
    assertThat(root.removeIfExists(database(), List.of("app")).join()).isTrue();
    assertThat(root.removeIfExists(database(), List.of("app")).join()).isFalse();
    assertThat(database().<byte[]>read(read -> read.get(people.pack(1)).join())).isNull();
    assertThat(root.list(database()).join()).isEmpty();
  }

  private static void assertThrows(Class<?> type, CompletableFuture<?> future) {
    assertThatThrownBy(future::join)
        .satisfies(failure -> assertThat(unwrapped(failure)).isInstanceOf(type));
  }

  @Test
  void wrongUsesOfDirectoriesAreRefused() {
    Directory root = root();
    root.create(database(), List.of("a"), LAYER).join();
    assertThrows(
        DirectoryAlreadyExistsException.class, root.create(database(), List.of("a"), LAYER));
    assertThrows(
        MismatchedLayerException.class, root.open(database(), List.of("a"), bytes("other")));
    assertThrows(NoSuchDirectoryException.class, root.open(database(), List.of("b")));
    assertThrows(NoSuchDirectoryException.class, root.remove(database(), List.of("b")));
  }

  @Test
  void directoriesOfOneTransactionAreSeenByIt() {
    Directory root = root();
    commit(
        transaction -> {
          DirectorySubspace made = root.create(transaction, List.of("a", "b")).join();
          assertThat(root.exists(transaction, List.of("a")).join()).isTrue();
          assertThat(root.open(transaction, List.of("a", "b")).join()).isEqualTo(made);
          root.remove(transaction, List.of("a", "b")).join();
          assertThat(root.list(transaction, List.of("a")).join()).isEmpty();
        });
    assertThat(root.list(database()).join()).containsExactly("a");
  }

  @Test
  void partitionsHoldDirectoriesOfTheirOwn() {
    Directory root = root();
    DirectorySubspace partition =
        root.create(database(), List.of("tenant"), bytes("partition")).join();
    DirectorySubspace inner = partition.create(database(), List.of("x")).join();
    assertThat(inner.getPath()).containsExactly("tenant", "x");
    assertThat(root.open(database(), List.of("tenant", "x")).join().getKey())
        .isEqualTo(inner.getKey());
    assertThatThrownBy(() -> partition.pack(1)).isInstanceOf(UnsupportedOperationException.class);
    commit(transaction -> transaction.set(inner.pack(1), bytes("1")));
    root.remove(database(), List.of("tenant")).join();
    assertThat(database().<byte[]>read(read -> read.get(inner.pack(1)).join())).isNull();
  }

  @Test
  void prefixesOfManyDirectoriesMadeAtOnceDiffer() {
    Directory root = root();
    List<CompletableFuture<DirectorySubspace>> made = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      made.add(root.create(database(), List.of("d" + i)));
    }
    Set<String> prefixes = new HashSet<>();
    for (CompletableFuture<DirectorySubspace> future : made) {
      byte[] prefix = future.join().getKey();
      assertThat(prefix.length).isLessThanOrEqualTo(key("content").length + 3);
      prefixes.add(String.valueOf(Bytes.text(prefix)));
    }
    assertThat(prefixes).hasSize(60);
    assertThat(root.list(database()).join()).hasSize(60);
  }
}
