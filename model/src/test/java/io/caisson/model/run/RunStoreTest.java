package io.caisson.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.TestStore;
import io.caisson.model.transaction.StoreErrors;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  private final TestStore store;
  private final RunStore runs;
  private final ManifestStore manifests;

  RunStoreTest(@TempDir Path directory) {
    store = new TestStore(directory);
    runs = new RunStore(store.keyspace());
    manifests = new ManifestStore(store.keyspace());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void put(RunKey run, int block, byte... bytes) {
    store
        .runner()
        .run(
            tr -> {
              runs.put(tr, run, block, bytes);
              return true;
            });
  }

  private byte[] get(RunKey run, int block) {
    return store.runner().read(tr -> runs.get(tr.snapshot(), run, block, store.executor()).join());
  }

  private Set<RunKey> list(long view) {
    return store.runner().read(tr -> runs.list(tr, view));
  }

  @Test
  void blocksAreFoundUntilTheirRunIsDeleted() {
    var first = new RunKey(7, 0, 1);
    var second = new RunKey(7, 0, 2);
    var other = new RunKey(8, 3, 1);
    put(first, 0, (byte) 1);
    put(first, 1, (byte) 2);
    put(second, 0, (byte) 3);
    put(other, 5, (byte) 4);
    assertThat(get(first, 1)).containsExactly(2);
    assertThat(list(7)).containsExactlyInAnyOrder(first, second);
    store
        .runner()
        .run(
            tr -> {
              runs.delete(tr, first);
              return true;
            });
    assertThat(list(7)).containsExactly(second);
    assertThatThrownBy(() -> get(first, 0))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED));
    assertThat(get(other, 5)).containsExactly(4);
    assertThatThrownBy(() -> put(first, 0, new byte[RunStore.LONGEST_BLOCK + 1]))
        .isInstanceOf(CaissonException.class);
  }

  @Test
  void whatADroppedViewLeavesIsClearedPageByPage() {
    var dropped = new DroppedRuns(store.keyspace());
    for (int block = 0; block < 40; block++) {
      put(new RunKey(7, 0, 1), block, (byte) block);
    }
    put(new RunKey(7, 1, 2), 0, (byte) 1);
    put(new RunKey(8, 0, 1), 0, (byte) 2);
    boolean noted =
        store
            .runner()
            .run(
                tr -> {
                  dropped.note(tr, 7);
                  return true;
                });
    assertThat(noted).isTrue();
    assertThat(store.runner().read(dropped::all)).containsExactly(7L);
    int pages = 0;
    while (store.runner().run(tr -> dropped.clearPage(tr, 7))) {
      pages++;
    }
    assertThat(pages).isEqualTo(4);
    assertThat(list(7)).isEmpty();
    assertThat(store.runner().read(dropped::all)).isEmpty();
    assertThat(get(new RunKey(8, 0, 1), 0)).containsExactly(2);
  }

  private void replace(long view, Manifest manifest) {
    store
        .runner()
        .run(
            tr -> {
              manifests.replace(tr, view, manifest);
              return true;
            });
  }

  private Manifest read(long view) {
    return store.runner().read(tr -> manifests.read(tr, view).orElseThrow());
  }

  @Test
  void manifestsOfAnyLengthAreReplacedByTheirOwner() {
    UUID owner = new UUID(1, 2);
    boolean missing = store.runner().read(tr -> manifests.read(tr, 7).isEmpty());
    assertThat(missing).isTrue();
    Manifest empty = store.runner().run(tr -> manifests.takeOver(tr, 7, owner));
    assertThat(empty.body()).isEmpty();
    var random = new Random(51);
    for (int length : new int[] {300_000, 10, 0, 90 << 10}) {
      byte[] body = new byte[length];
      random.nextBytes(body);
      replace(7, new Manifest(owner, body));
      assertThat(read(7).body()).isEqualTo(body);
      assertThat(read(7).owner()).isEqualTo(owner);
    }
  }

  @Test
  void whoLostAViewCannotCommitForIt() {
    UUID old = new UUID(1, 1);
    UUID now = new UUID(2, 2);
    store.runner().run(tr -> manifests.takeOver(tr, 7, old));
    replace(7, new Manifest(old, new byte[] {1}));
    Transaction late = store.database().createTransaction(store.executor());
    manifests.replace(late, 7, new Manifest(old, new byte[] {2}));
    Manifest taken = store.runner().run(tr -> manifests.takeOver(tr, 7, now));
    assertThat(taken.body()).containsExactly(1);
    assertThatThrownBy(() -> late.commit().join())
        .isInstanceOf(CompletionException.class)
        .satisfies(
            e ->
                assertThat(StoreErrors.translate(e))
                    .isInstanceOfSatisfying(
                        CaissonException.class,
                        c -> assertThat(c.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE)));
    late.close();
    assertThatThrownBy(() -> replace(7, new Manifest(old, new byte[] {3})))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OBJECT_IN_USE));
    assertThat(read(7).body()).containsExactly(1);
    assertThat(read(7).owner()).isEqualTo(now);
  }

  @Test
  void aDamagedManifestIsNamed() {
    UUID owner = new UUID(1, 2);
    store.runner().run(tr -> manifests.takeOver(tr, 7, owner));
    replace(7, new Manifest(owner, new byte[100]));
    byte[] key = store.keyspace().state().pack(Tuple.from(7, 0));
    for (int index : new int[] {0, 18, 60}) {
      byte[] good = store.runner().read(tr -> tr.get(key).join());
      byte[] damaged = good.clone();
      damaged[index] ^= 1;
      set(key, damaged);
      assertThatThrownBy(() -> read(7))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
          .hasMessageContaining("view 7");
      set(key, good);
    }
  }

  private void set(byte[] key, byte[] value) {
    store
        .runner()
        .run(
            tr -> {
              tr.set(key, value);
              return true;
            });
  }
}
