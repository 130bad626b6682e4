package io.caisson.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.AddedColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.Changelogs;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewSettings;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.TestStore;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogStoreTest {
  private static final List<ColumnDefinition> COLUMNS =
      List.of(
          new ColumnDefinition("ts", new SqlType(TypeKind.TIMESTAMP, 3, 0, false)),
          new ColumnDefinition("Grüße \"x\"", SqlType.of(TypeKind.TEXT)),
          new ColumnDefinition("n", SqlType.of(TypeKind.BIGINT)));

  private final TestStore store;
  private final CatalogStore catalog;

  CatalogStoreTest(@TempDir Path directory) {
    store = new TestStore(directory);
    catalog = new CatalogStore(store.keyspace());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static StreamDefinition stream(String name) {
    return new StreamDefinition(
        0,
        name,
        COLUMNS,
        new WatermarkDefinition(0, 5_000_000),
        List.of(2, 1),
        8,
        Map.of("retention", "7 days", "a", "b"));
  }

  private static ViewDefinition view(String name, long... inputs) {
    List<Long> ids = java.util.Arrays.stream(inputs).boxed().toList();
    return new ViewDefinition(
        0, name, COLUMNS, COLUMNS.subList(0, 1), "SELECT 'ü'", ids, ViewSettings.DEFAULT);
  }

  private <T extends CatalogObject> T create(T definition) {
    return store.runner().run(tr -> catalog.create(tr, definition));
  }

  private void drop(String name) {
    store.runner().run(tr -> catalog.drop(tr, name));
  }

  private Catalog read() {
    return store.runner().read(catalog::read);
  }

  private static void assertFails(ThrowingCallable call, SqlState state, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.state()).isEqualTo(state))
        .hasMessageContaining(text);
  }

  @Test
  void definitionsComeBackAsTheyWent() {
    StreamDefinition stream = create(stream("clicks"));
    var table = create(new TableDefinition(0, "users", COLUMNS, List.of(2, 0)));
    var records = create(new RecordTableDefinition(0, "things"));
    ViewDefinition view = create(view("per_minute", stream.id(), table.id()));
    var plain = create(new StreamDefinition(0, "plain", COLUMNS, null, List.of(), 1, Map.of()));
    assertThat(List.of(stream.id(), table.id(), records.id(), view.id(), plain.id()))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    Catalog fresh = store.runner().read(new CatalogStore(store.keyspace())::read);
    assertThat(fresh.objects().values())
        .containsExactlyInAnyOrder(stream, table, records, view, plain);
    assertThat(fresh).isEqualTo(read());
  }

  @Test
  void alteredStreamsComeBackAsTheyWent() {
    create(stream("clicks"));
    var later = new ColumnDefinition("later", SqlType.of(TypeKind.DOUBLE));
    for (Object value : new Object[] {7L, -0.0, Double.NaN, "ü", new byte[] {0, -1}}) {
      String name = "clicks" + value.hashCode();
      create(stream(name));
      StreamDefinition altered =
          store
              .runner()
              .run(
                  tr ->
                      catalog.alterStream(
                          tr,
                          name,
                          (all, stream) ->
                              stream
                                  .withColumn(later, new AddedColumn(1, value))
                                  .withColumn(later, new AddedColumn(2, null))
                                  .withOptions(Map.of("retention", "1 day"))
                                  .withName(name + "renamed")));
      Catalog fresh = store.runner().read(new CatalogStore(store.keyspace())::read);
      assertThat(fresh.find(name)).isEmpty();
      assertThat(fresh.find(name + "renamed")).contains(altered);
      assertThat(altered.asKnownTo(1).columns()).isEqualTo(COLUMNS);
      assertThat(altered.asKnownTo(2).columns()).hasSize(COLUMNS.size() + 1);
    }
    assertFails(() -> rename("missing", "x"), SqlState.UNDEFINED_OBJECT, "missing");
    create(stream("taken"));
    assertFails(() -> rename("clicks", "taken"), SqlState.DUPLICATE_OBJECT, "taken");
  }

  private void rename(String name, String newName) {
    store
        .runner()
        .run(tr -> catalog.alterStream(tr, name, (all, stream) -> stream.withName(newName)));
  }

  @Test
  void changelogsGoBeforeTheirTable() {
    TableDefinition table = create(new TableDefinition(0, "users", COLUMNS, List.of(2, 0)));
    var changes =
        new StreamDefinition(
            0,
            "changes",
            Changelogs.columns(table),
            null,
            List.of(),
            1,
            Map.of(),
            List.of(),
            OptionalLong.of(table.id()));
    StreamDefinition created = create(changes);
    assertThat(read().changelogsOf(table.id())).containsExactly(created);
    assertFails(() -> drop("users"), SqlState.DEPENDENT_OBJECTS, "changes");
    drop("changes");
    drop("users");
    assertThat(read().objects()).isEmpty();
  }

  @Test
  void theVersionGrowsWithEveryChangeAndKeepsTheCatalogUntilThen() {
    Catalog empty = read();
    create(stream("a"));
    Catalog one = read();
    assertThat(one.version()).isGreaterThan(empty.version());
    assertThat(read()).isSameAs(one);
    drop("a");
    assertThat(read().version()).isGreaterThan(one.version());
    assertThat(read().objects()).isEmpty();
  }

  @Test
  void whatATransactionThatFailedHadMadeIsNotRemembered() {
    assertThatThrownBy(
            () ->
                store
                    .runner()
                    .run(
                        tr -> {
                          catalog.create(tr, stream("ghost"));
                          assertThat(catalog.read(tr).find("ghost")).isPresent();
                          throw new CaissonException(SqlState.QUERY_CANCELED, "no");
                        }))
        .hasMessage("no");
    create(stream("real"));
    assertThat(read().objects().keySet()).containsExactly("real");
  }

  @Test
  void aNameIsTakenOnce() {
    create(stream("clicks"));
    assertFails(
        () -> create(new RecordTableDefinition(0, "clicks")),
        SqlState.DUPLICATE_OBJECT,
        "\"clicks\"");
    assertFails(() -> create(stream("x$late")), SqlState.INVALID_NAME, "$late");
  }

  @Test
  void whatAViewReadsIsNotDropped() {
    StreamDefinition stream = create(stream("clicks"));
    create(view("v1", stream.id()));
    create(view("v2", stream.id()));
    assertFails(() -> drop("clicks"), SqlState.DEPENDENT_OBJECTS, "\"v1\", \"v2\" read it");
    drop("v1");
    assertFails(() -> drop("clicks"), SqlState.DEPENDENT_OBJECTS, "\"v2\" reads it");
    assertFails(() -> drop("v2$late"), SqlState.WRONG_OBJECT_TYPE, "v2$late");
    drop("v2");
    drop("clicks");
    assertFails(() -> drop("clicks"), SqlState.UNDEFINED_OBJECT, "\"clicks\"");
    assertFails(() -> create(view("v3", stream.id())), SqlState.UNDEFINED_OBJECT, "\"v3\"");
  }

  @Test
  void whatIsDroppedTakesItsDataAlongAndNothingElse() {
    StreamDefinition gone = create(stream("gone"));
    StreamDefinition kept = create(stream("kept"));
    var spaces = store.keyspace().ofObjects();
    store
        .runner()
        .run(
            tr -> {
              for (var space : spaces) {
                for (StreamDefinition owner : List.of(gone, kept)) {
                  tr.set(space.pack(owner.id()), new byte[] {1});
                  tr.set(space.pack(Tuple.from(owner.id(), 3, "x")), new byte[] {1});
                }
              }
              return true;
            });
    drop("gone");
    for (var space : spaces) {
      List<Long> owners =
          store.runner().read(tr -> tr.getRange(space.range()).asList().join()).stream()
              .map(entry -> space.unpack(entry.getKey()).getLong(0))
              .toList();
      assertThat(owners).containsExactly(kept.id(), kept.id());
    }
  }

  @Test
  void numbersAreNeverUsedAgain() {
    long first = create(stream("a")).id();
    drop("a");
    assertThat(create(stream("a")).id()).isGreaterThan(first);
  }

  @Test
  void changesOfTheCatalogConflictWithThoseWhoReadIt() {
    create(stream("a"));
    var transaction = store.database().createTransaction(store.executor());
    catalog.read(transaction);
    drop("a");
    transaction.set(store.keyspace().rows().pack("x"), new byte[0]);
    assertThatThrownBy(() -> transaction.commit().join())
        .satisfies(
            e ->
                assertThat(io.caisson.model.transaction.StoreErrors.translate(e))
                    .isInstanceOfSatisfying(
                        CaissonException.class,
                        c -> assertThat(c.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE)));
    transaction.close();
  }

  @Test
  void everythingThatIsNotADefinitionIsRefused() {
    byte[] good = DefinitionFormat.write(stream("clicks"));
    String text = new String(good, StandardCharsets.UTF_8);
    assertThat(DefinitionFormat.read(good)).isEqualTo(stream("clicks"));
    for (String bad :
        List.of(
            "",
            "[]",
            "null",
            text + " {}",
            text.replace("\"format\":1", "\"format\":2"),
            text.replace("STREAM", "SCREAM"),
            text.replace("BIGINT", "HUGEINT"),
            text.replace("\"shards\":8", "\"shards\":8,\"more\":1"),
            text.replace("\"shards\":8", "\"shards\":8,\"shards\":8"),
            text.replace("\"shards\":8", "\"shards\":0"),
            text.replace("\"shards\":8", "\"shards\":\"8\""),
            text.replace("\"shards\":8,", ""),
            text.replace("\"scale\":0", "\"scale\":0,\"color\":1"),
            text.substring(0, text.length() / 2))) {
      assertThatThrownBy(() -> DefinitionFormat.read(bad.getBytes(StandardCharsets.UTF_8)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDamagedDefinitionIsNamed() {
    create(stream("clicks"));
    byte[] key = store.keyspace().catalog().get("object").pack("clicks");
    store
        .runner()
        .run(
            tr -> {
              tr.set(key, new byte[] {'{'});
              return true;
            });
    assertFails(
        () -> store.runner().read(new CatalogStore(store.keyspace())::read),
        SqlState.DATA_CORRUPTED,
        "\"clicks\"");
  }
}
