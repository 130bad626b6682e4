package io.caisson.model.catalog;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.Comments;
import io.caisson.catalog.FunctionDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedObject;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.Corruption;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.run.DroppedRuns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of a database in the store. A version key changes with every one of them: a
 * transaction that reads it (which costs one small read) knows that the catalog it kept is still
 * the catalog, and conflicts with whoever changes it. Thread-safe.
 *
 * <pre>
 * ("version")        → number of changes so far, and chance
 * ("next id")        → the next object's number
 * ("object", name)   → definition ({@link DefinitionFormat})
 * ("function", …)    → a function ({@link FunctionStore})
 * ("comment", object, part, number) → what COMMENT ON noted
 * </pre>
 */
public final class CatalogStore {
  private static final int CHANCE_BITS = 24;

  private final DatabaseKeyspace keyspace;
  private final byte[] versionKey;
  private final byte[] nextIdKey;
  private final Subspace objects;
  private final Subspace comments;
  private final FunctionStore functions;
  private final DroppedRuns dropped;
  private volatile Catalog latest = Catalog.of(0, List.of());

  /** The catalog of a database. */
  public CatalogStore(DatabaseKeyspace keyspace) {
    this.keyspace = keyspace;
    this.versionKey = keyspace.catalog().pack("version");
    this.nextIdKey = keyspace.catalog().pack("next id");
    this.objects = keyspace.catalog().get("object");
    this.comments = keyspace.catalog().get("comment");
    this.functions = new FunctionStore(keyspace.catalog().get("function"));
    this.dropped = new DroppedRuns(keyspace);
  }

  /** The catalog's version, which every change of a definition changes. */
  public long version(ReadTransaction transaction) {
    return numberOf(transaction.get(versionKey).join(), 0);
  }

  /**
   * The catalog as the transaction sees it. It is read only where its version is not the one read
   * last; a transaction that is no snapshot then conflicts with any change of a definition.
   */
  public Catalog read(ReadTransaction transaction) {
    Catalog known = latest;
    long version = version(transaction);
    if (version == known.version()) {
      return known;
    }
    var found = new ArrayList<CatalogObject>();
    for (KeyValue entry : all(transaction, objects.range())) {
      found.add(decode(entry));
    }
    Catalog catalog =
        Catalog.of(version, found)
            .withComments(comments(transaction))
            .withFunctions(functions.read(transaction));
    latest = catalog;
    return catalog;
  }

  private static List<KeyValue> all(ReadTransaction transaction, Range range) {
    return transaction
        .getRange(range, ReadTransaction.ROW_LIMIT_UNLIMITED, false, StreamingMode.WANT_ALL)
        .asList()
        .join();
  }

  private Comments comments(ReadTransaction transaction) {
    var texts = new HashMap<Comments.Place, String>();
    for (KeyValue entry : all(transaction, comments.range())) {
      Tuple key = comments.unpack(entry.getKey());
      var part = Comments.Part.valueOf(key.getString(1));
      texts.put(
          new Comments.Place(key.getLong(0), part, (int) key.getLong(2)),
          Tuple.fromBytes(entry.getValue()).getString(0));
    }
    return Comments.of(texts);
  }

  private byte[] key(Comments.Place place) {
    return comments.pack(Tuple.from(place.object(), place.part().name(), place.number()));
  }

  /**
   * Notes something about an object or a part of it.
   *
   * @param text the comment, or null for none
   * @throws CaissonException UNDEFINED_OBJECT, if the object is gone
   */
  public void comment(Transaction transaction, Comments.Place place, @Nullable String text) {
    Catalog catalog = read(transaction);
    if (catalog.find(place.object()).isEmpty()) {
      throw new CaissonException(
          SqlState.UNDEFINED_OBJECT, "the object of the comment was dropped meanwhile");
    }
    if (text == null) {
      transaction.clear(key(place));
    } else {
      putComment(transaction, place, text);
    }
    changeVersion(transaction, catalog);
  }

  /**
   * Adds a function.
   *
   * @param replace whether it takes the place of one of the same name and arguments
   * @throws CaissonException DUPLICATE_FUNCTION, if there is one and it is not to be replaced
   */
  public void createFunction(
      Transaction transaction, FunctionDefinition function, boolean replace) {
    Catalog catalog = read(transaction);
    boolean there =
        catalog.functions().stream().anyMatch(f -> f.signature().equals(function.signature()));
    if (there && !replace) {
      throw new CaissonException(
              SqlState.DUPLICATE_FUNCTION,
              "function " + function.signature() + " exists already with the same argument types")
          .withHint("Use CREATE OR REPLACE FUNCTION.");
    }
    functions.write(transaction, function);
    changeVersion(transaction, catalog);
  }

  /** Removes functions. */
  public void dropFunctions(Transaction transaction, List<FunctionDefinition> dropped) {
    Catalog catalog = read(transaction);
    dropped.forEach(function -> functions.clear(transaction, function));
    changeVersion(transaction, catalog);
  }

  /** Comments go with the columns and indexes that they are on. */
  private void clearComments(Transaction transaction, TableDefinition table, Catalog catalog) {
    for (Comments.Place place : catalog.comments().texts().keySet()) {
      boolean gone =
          switch (place.part()) {
            case OBJECT -> false;
            case COLUMN -> table.columns().stream().noneMatch(c -> c.id() == place.number());
            case INDEX -> table.index(place.number()).isEmpty();
          };
      if (place.object() == table.id() && gone) {
        transaction.clear(key(place));
      }
    }
  }

  private CatalogObject decode(KeyValue entry) {
    String name = objects.unpack(entry.getKey()).getString(0);
    try {
      return DefinitionFormat.read(entry.getValue());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Corruption.of(
          "The definition of \"" + name + "\" in database \"" + keyspace.name() + "\"",
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /**
   * Adds a definition and gives it its number.
   *
   * @return the definition with its number
   * @throws CaissonException DUPLICATE_OBJECT, if the name is taken; INVALID_NAME, if it is kept
   *     for late rows; UNDEFINED_OBJECT, if an object that a view reads is gone
   */
  public <T extends CatalogObject> T create(Transaction transaction, T definition) {
    String name = definition.name();
    Catalog catalog = read(transaction);
    CatalogRules.checkFree(name, catalog);
    CatalogRules.checkNotOfPart(name);
    CatalogRules.checkInputs(definition, catalog);
    long id = takeId(transaction);
    T numbered = withId(definition, id);
    if (numbered instanceof TableDefinition table) {
      table.indexes().forEach(index -> CatalogRules.checkFree(index.name(), catalog));
    }
    transaction.set(objects.pack(name), DefinitionFormat.write(numbered));
    changeVersion(transaction, catalog);
    return numbered;
  }

  @SuppressWarnings("unchecked") // every branch returns the class it was given
  private static <T extends CatalogObject> T withId(T definition, long id) {
    CatalogObject numbered;
    if (definition instanceof StreamDefinition stream) {
      numbered = stream.withId(id);
    } else if (definition instanceof TableDefinition table) {
      numbered = table.withId(id);
    } else if (definition instanceof ViewDefinition view) {
      numbered = view.withId(id);
    } else if (definition instanceof PlainViewDefinition view) {
      numbered = view.withId(id);
    } else if (definition instanceof RecordTableDefinition records) {
      numbered = new RecordTableDefinition(id, records.name());
    } else if (definition instanceof CollectionDefinition collection) {
      numbered = collection.withId(id);
    } else if (definition instanceof BucketDefinition bucket) {
      numbered = bucket.withId(id);
    } else if (definition instanceof SubscriptionDefinition subscription) {
      numbered = subscription.withId(id);
    } else {
      throw new IllegalArgumentException("a " + definition.kind() + " is not stored");
    }
    return (T) numbered;
  }

  /**
   * Replaces the definition of a table or a collection.
   *
   * @param definition the new one, of the same number; its name may be another
   * @throws CaissonException DUPLICATE_OBJECT, if its name or that of a new index is taken;
   *     UNDEFINED_OBJECT, if the object is gone
   */
  public void replace(Transaction transaction, IndexedObject definition) {
    Catalog catalog = read(transaction);
    if (!(catalog.find(definition.id()).orElse(null) instanceof IndexedObject old)) {
      throw new CaissonException(
          SqlState.UNDEFINED_OBJECT, "\"" + definition.name() + "\" does not exist");
    }
    if (!old.name().equals(definition.name())) {
      CatalogRules.checkFree(definition.name(), catalog);
      transaction.clear(objects.pack(old.name()));
    }
    for (IndexDefinition index : definition.indexes()) {
      if (old.index(index.id()).isEmpty()) {
        CatalogRules.checkFree(index.name(), catalog);
      }
    }
    clearComments(transaction, definition.asTable(), catalog);
    transaction.set(objects.pack(definition.name()), DefinitionFormat.write(definition));
    changeVersion(transaction, catalog);
  }

  /**
   * Puts a view's new definition in the place of its old one, whose number it gets.
   *
   * @return the definition with its number
   * @throws CaissonException UNDEFINED_OBJECT, if it, or an object that it reads, is gone;
   *     DEPENDENT_OBJECTS, if a materialized view is computed from it
   */
  public PlainViewDefinition replace(Transaction transaction, PlainViewDefinition definition) {
    Catalog catalog = read(transaction);
    String name = definition.name();
    if (!(catalog.objects().get(name) instanceof PlainViewDefinition old)) {
      throw new CaissonException(SqlState.UNDEFINED_OBJECT, "\"" + name + "\" does not exist");
    }
    CatalogRules.checkInputs(definition, catalog);
    CatalogRules.checkNotKept(old, old, catalog);
    PlainViewDefinition numbered = definition.withId(old.id());
    transaction.set(objects.pack(name), DefinitionFormat.write(numbered));
    changeVersion(transaction, catalog);
    return numbered;
  }

  /**
   * Removes a definition and all its data, and with a view what is to replace it.
   *
   * @return the definition that was removed
   * @throws CaissonException UNDEFINED_OBJECT, if there is none of that name; DEPENDENT_OBJECTS, if
   *     a view reads it; WRONG_OBJECT_TYPE for what goes with its view, as late rows do
   */
  public CatalogObject drop(Transaction transaction, String name) {
    Catalog catalog = read(transaction);
    CatalogObject object =
        catalog
            .find(name)
            .orElseThrow(
                () ->
                    new CaissonException(
                        SqlState.UNDEFINED_OBJECT, "\"" + name + "\" does not exist"));
    if (object instanceof ViewPart part) {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" can't be dropped by itself")
          .withHint("It goes with its view \"" + part.view().name() + "\".");
    }
    CatalogRules.checkNotRead(object, catalog);
    CatalogRules.checkNotReferredTo(object, catalog);
    remove(transaction, object, catalog);
    CatalogObject replacement = catalog.objects().get(name + ViewDefinition.REPLACEMENT_SUFFIX);
    if (replacement != null) {
      remove(transaction, replacement, catalog.without(object));
    }
    changeVersion(transaction, catalog);
    return object;
  }

  /**
   * Removes a definition, its comments and its data. The runs of a view are left to {@link
   * DroppedRuns}.
   */
  void remove(Transaction transaction, CatalogObject object, Catalog catalog) {
    clearName(transaction, object.name());
    transaction.clear(comments.range(Tuple.from(object.id())));
    for (Subspace data : keyspace.ofObjects()) {
      if (!(object instanceof ViewDefinition) || !data.equals(keyspace.runs())) {
        transaction.clear(data.range(Tuple.from(object.id())));
        transaction.clear(data.pack(object.id()));
      }
    }
    if (object instanceof ViewDefinition view) {
      dropped.note(transaction, view.id());
      clearDeltas(transaction, view, catalog);
    }
    if (object instanceof SubscriptionDefinition subscription) {
      clearSteps(transaction, subscription, catalog);
    }
  }

  /** Takes a name away from its object. */
  void clearName(Transaction transaction, String name) {
    transaction.clear(objects.pack(name));
  }

  /** Writes a definition as it is now. */
  void put(Transaction transaction, CatalogObject object) {
    transaction.set(objects.pack(object.name()), DefinitionFormat.write(object));
  }

  /** Removes a comment, if there is one. */
  void clearComment(Transaction transaction, Comments.Place place) {
    transaction.clear(key(place));
  }

  /** Writes a comment. */
  void putComment(Transaction transaction, Comments.Place place, String text) {
    transaction.set(key(place), Tuple.from(text).pack());
  }

  /** What a view gained and lost is kept for the subscriptions that follow it. */
  private void clearSteps(
      Transaction transaction, SubscriptionDefinition dropped, Catalog catalog) {
    long source = dropped.source();
    boolean view = catalog.find(source).orElse(null) instanceof ViewDefinition;
    if (view && catalog.subscriptionsTo(source).equals(List.of(dropped))) {
      for (Subspace data : List.of(keyspace.log(), keyspace.bounds(), keyspace.cursors())) {
        transaction.clear(data.range(Tuple.from(source)));
      }
    }
  }

  /** What relations gained and lost is kept for the views that read them, and for nobody else. */
  private void clearDeltas(Transaction transaction, ViewDefinition dropped, Catalog catalog) {
    for (long input : dropped.inputs()) {
      boolean keepsRows = catalog.find(input).filter(CatalogObject::keepsRows).isPresent();
      boolean needed =
          catalog.objects().values().stream()
              .anyMatch(
                  other ->
                      other instanceof ViewDefinition view
                          && view.id() != dropped.id()
                          && view.inputs().contains(input));
      if (keepsRows && !needed) {
        transaction.clear(keyspace.log().range(Tuple.from(input)));
        transaction.clear(keyspace.bounds().range(Tuple.from(input)));
      }
    }
  }

  /**
   * Replaces a definition by another of the same object, under a new name maybe.
   *
   * @param name the object's name as the caller knows it
   * @param change makes the new definition of the one that is there
   * @return the new definition
   * @throws CaissonException UNDEFINED_OBJECT, if there is none of that name; DUPLICATE_OBJECT, if
   *     the new name is taken
   */
  public StreamDefinition alterStream(
      Transaction transaction,
      String name,
      BiFunction<Catalog, StreamDefinition, StreamDefinition> change) {
    Catalog catalog = read(transaction);
    if (!(catalog.objects().get(name) instanceof StreamDefinition before)) {
      throw new CaissonException(
          SqlState.UNDEFINED_OBJECT, "stream \"" + name + "\" does not exist");
    }
    StreamDefinition after = change.apply(catalog, before);
    if (!after.name().equals(name)) {
      CatalogRules.checkFree(after.name(), catalog);
      transaction.clear(objects.pack(name));
    }
    transaction.set(objects.pack(after.name()), DefinitionFormat.write(after));
    changeVersion(transaction, catalog);
    return after;
  }

  /** The number that the next new object will have: all objects there are have smaller ones. */
  public long nextId(ReadTransaction transaction) {
    return numberOf(transaction.get(nextIdKey).join(), 1);
  }

  /** A number that nothing else has or will have. */
  long takeId(Transaction transaction) {
    long id = nextId(transaction);
    transaction.set(nextIdKey, Tuple.from(id + 1).pack());
    return id;
  }

  /**
   * The definition of a collection as the transaction sees it, which conflicts with whoever changes
   * it.
   *
   * @param known the collection as it was some time ago
   * @throws CaissonException UNDEFINED_OBJECT, if it is gone
   */
  public CollectionDefinition current(ReadTransaction transaction, CollectionDefinition known) {
    if (read(transaction).find(known.name()).orElse(null) instanceof CollectionDefinition now
        && now.id() == known.id()) {
      return now;
    }
    throw new CaissonException(
            SqlState.UNDEFINED_OBJECT, "collection \"" + known.name() + "\" was dropped meanwhile")
        .withHint("Create it again, and open the new one.");
  }

  /**
   * The next version, of which the low bits are chance: a version that an aborted transaction saw
   * of its own changes is never taken for the one that another committed after it.
   */
  void changeVersion(Transaction transaction, Catalog catalog) {
    long changes = (catalog.version() >>> CHANCE_BITS) + 1;
    long chance = ThreadLocalRandom.current().nextLong(1L << CHANCE_BITS);
    transaction.set(versionKey, Tuple.from(changes << CHANCE_BITS | chance).pack());
  }

  private static long numberOf(byte @Nullable [] value, long otherwise) {
    return value == null ? otherwise : Tuple.fromBytes(value).getLong(0);
  }
}
