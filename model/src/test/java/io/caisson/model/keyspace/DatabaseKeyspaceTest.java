package io.caisson.model.keyspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseKeyspaceTest {
  @Test
  void databasesLieSideBySide(@TempDir Path directory) {
    try (var store = new TestStore(directory)) {
      var runner = store.runner();
      var shop = runner.run(tr -> DatabaseKeyspace.create(tr, "shop"));
      assertThat(runner.read(DatabaseKeyspace::list)).containsExactly("shop", "test");
      byte[] key = shop.rows().pack("key");
      runner.run(
          tr -> {
            tr.set(key, new byte[] {1});
            return true;
          });
      var again = runner.read(tr -> DatabaseKeyspace.open(tr, "shop"));
      assertThat(again.rows().pack("key")).isEqualTo(key);
      assertThat(again.incarnation()).isEqualTo(1);
      assertThat(store.keyspace().rows().contains(key)).isFalse();
      runner.run(
          tr -> {
            DatabaseKeyspace.drop(tr, "shop");
            return true;
          });
      assertThat(runner.read(DatabaseKeyspace::list)).containsExactly("test");
      boolean gone = runner.read(tr -> tr.get(key).join() == null);
      assertThat(gone).isTrue();
    }
  }

  @Test
  void namesAreTakenOnceAndMustExist(@TempDir Path directory) {
    try (var store = new TestStore(directory)) {
      assertThatThrownBy(() -> store.runner().run(tr -> DatabaseKeyspace.create(tr, "test")))
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.DUPLICATE_OBJECT));
      assertThatThrownBy(() -> store.runner().read(tr -> DatabaseKeyspace.open(tr, "nowhere")))
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> {
                assertThat(e.state()).isEqualTo(SqlState.UNDEFINED_OBJECT);
                assertThat(e).hasMessageContaining("nowhere");
              });
      assertThatThrownBy(() -> store.runner().run(tr -> DatabaseKeyspace.create(tr, " ")))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_NAME));
    }
  }

  @Test
  void aDatabaseOfAnotherFormatIsNotOpened(@TempDir Path directory) {
    try (var store = new TestStore(directory)) {
      byte[] format = store.keyspace().catalog().pack("format");
      store
          .runner()
          .run(
              tr -> {
                tr.set(format, com.apple.foundationdb.tuple.Tuple.from(2).pack());
                return true;
              });
      assertThatThrownBy(() -> store.runner().read(tr -> DatabaseKeyspace.open(tr, "test")))
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.NOT_A_DATABASE));
    }
  }
}
