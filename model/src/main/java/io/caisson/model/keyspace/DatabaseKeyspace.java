package io.caisson.model.keyspace;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.directory.DirectoryLayer;
import com.apple.foundationdb.directory.DirectorySubspace;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The keys of one database: a directory for each kind of key, so that several databases and other
 * layers share a store and keys stay short. Immutable and thread-safe.
 *
 * <pre>
 * directories ("caisson", database, kind):
 *
 * catalog     ("format") → 1, ("incarnation"), and what the catalog store keeps
 * log         (stream, shard, incarnation, versionstamp) → block of rows
 * bounds      (stream, incarnation, shard, which)        → position
 * ticks       (incarnation, versionstamp)                → the time
 * rows        (table, primary key…)                      → row
 * index       (object, index, values…, primary key…)     → entry of an index
 * records     (table, id)                                → record
 * docs        (collection, id[, part])                   → document
 * kv          (bucket, what, key)                        → value
 * runs        (view, arrangement, run, block)            → block of sorted rows
 * state       (view, part)                               → manifest
 * producers   (stream, producer)                         → last sequence and payload
 * statistics  (object, shard)                            → rows, bytes, entries
 * pulses      (object)                                   → changes with every write
 * cursors     (object, incarnation)                      → how far a subscription has come
 * markers     (born, runner, slot)                       → commit markers
 * </pre>
 */
public final class DatabaseKeyspace {
  /** The root of all databases. */
  private static final String ROOT = "caisson";

  private static final long FORMAT = 1;
  private static final long FIRST_INCARNATION = 1;
  private static final int LONGEST_NAME = 128;
  private static final String FORMAT_KEY = "format";
  private static final String INCARNATION_KEY = "incarnation";

  private final String name;
  private final Map<Kind, Subspace> kinds;
  private final long incarnation;

  private DatabaseKeyspace(String name, Map<Kind, Subspace> kinds, long incarnation) {
    this.name = name;
    this.kinds = kinds;
    this.incarnation = incarnation;
  }

  /** The names of all databases of a store, sorted. */
  public static List<String> list(ReadTransaction transaction) {
    var root = DirectoryLayer.getDefault();
    if (!root.exists(transaction, List.of(ROOT)).join()) {
      return List.of();
    }
    return root.list(transaction, List.of(ROOT)).join().stream().sorted().toList();
  }

  /** Whether a database of that name exists. */
  public static boolean exists(ReadTransaction transaction, String name) {
    return DirectoryLayer.getDefault().exists(transaction, List.of(ROOT, checkName(name))).join();
  }

  /**
   * Makes a database, in a transaction that the caller commits.
   *
   * @throws CaissonException DUPLICATE_OBJECT, if there is one of that name
   */
  public static DatabaseKeyspace create(Transaction transaction, String name) {
    if (exists(transaction, name)) {
      throw new CaissonException(
          SqlState.DUPLICATE_OBJECT, "Database \"" + name + "\" exists already");
    }
    var kinds = new EnumMap<Kind, Subspace>(Kind.class);
    for (Kind kind : Kind.values()) {
      // One after the other: the directory layer's allocator keeps notes in the transaction.
      kinds.put(
          kind,
          DirectoryLayer.getDefault()
              .create(transaction, List.of(ROOT, name, kind.directory()))
              .join());
    }
    Subspace catalog = subspace(kinds, Kind.CATALOG);
    transaction.set(catalog.pack(FORMAT_KEY), Tuple.from(FORMAT).pack());
    transaction.set(catalog.pack(INCARNATION_KEY), Tuple.from(FIRST_INCARNATION).pack());
    return new DatabaseKeyspace(name, Map.copyOf(kinds), FIRST_INCARNATION);
  }

  /**
   * Makes the directories that a database lacks because it is older than the kinds of keys that
   * they are for.
   */
  private static void addNewKinds(Transaction transaction, String name) {
    DirectoryLayer root = DirectoryLayer.getDefault();
    List<String> there = root.list(transaction, List.of(ROOT, name)).join();
    for (Kind kind : Kind.values()) {
      if (!there.contains(kind.directory())) {
        root.create(transaction, List.of(ROOT, name, kind.directory())).join();
      }
    }
  }

  /**
   * Finds a database.
   *
   * @throws CaissonException UNDEFINED_OBJECT, if there is none of that name; NOT_A_DATABASE, if
   *     what is there was not made by this format of Caisson
   */
  public static DatabaseKeyspace open(ReadTransaction transaction, String name) {
    if (!exists(transaction, name)) {
      throw new CaissonException(
              SqlState.UNDEFINED_OBJECT, "Database \"" + name + "\" does not exist")
          .withHint("Create it first.");
    }
    var opening = new EnumMap<Kind, CompletableFuture<DirectorySubspace>>(Kind.class);
    for (Kind kind : Kind.values()) {
      opening.put(
          kind,
          DirectoryLayer.getDefault().open(transaction, List.of(ROOT, name, kind.directory())));
    }
    var kinds = new EnumMap<Kind, Subspace>(Kind.class);
    opening.forEach((kind, future) -> kinds.put(kind, new Subspace(future.join().getKey())));
    Subspace catalog = subspace(kinds, Kind.CATALOG);
    CompletableFuture<byte[]> format = transaction.get(catalog.pack(FORMAT_KEY));
    CompletableFuture<byte[]> incarnation = transaction.get(catalog.pack(INCARNATION_KEY));
    checkFormat(name, format.join());
    return new DatabaseKeyspace(
        name, Map.copyOf(kinds), Tuple.fromBytes(incarnation.join()).getLong(0));
  }

  /** Finds a database or makes it; one that an older Caisson made gets what it lacks. */
  public static DatabaseKeyspace openOrCreate(Transaction transaction, String name) {
    if (!exists(transaction, name)) {
      return create(transaction, name);
    }
    addNewKinds(transaction, name);
    return open(transaction, name);
  }

  /**
   * Removes a database with everything in it, in a transaction that the caller commits.
   *
   * @throws CaissonException UNDEFINED_OBJECT, if there is none of that name
   */
  public static void drop(Transaction transaction, String name) {
    if (!exists(transaction, name)) {
      throw new CaissonException(
          SqlState.UNDEFINED_OBJECT, "Database \"" + name + "\" does not exist");
    }
    DirectoryLayer root = DirectoryLayer.getDefault();
    for (Kind kind : Kind.values()) {
      root.removeIfExists(transaction, List.of(ROOT, name, kind.directory())).join();
    }
    root.remove(transaction, List.of(ROOT, name)).join();
  }

  private static String checkName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new CaissonException(
          SqlState.INVALID_NAME,
          "A database's name has 1 to " + LONGEST_NAME + " characters, not " + name.length());
    }
    return name;
  }

  private static void checkFormat(String name, byte @org.jspecify.annotations.Nullable [] format) {
    if (format == null || Tuple.fromBytes(format).getLong(0) != FORMAT) {
      String found = format == null ? "none" : ByteArrayUtil.printable(format);
      throw new CaissonException(
              SqlState.NOT_A_DATABASE,
              "Database \"" + name + "\" has format " + found + ", this Caisson reads " + FORMAT)
          .withHint("Open it with the version of Caisson that made it.");
    }
  }

  /** The database's name. */
  public String name() {
    return name;
  }

  /** How often data moved between stores, from 1: versionstamps grow only within one. */
  public long incarnation() {
    return incarnation;
  }

  private Subspace kind(Kind kind) {
    return subspace(kinds, kind);
  }

  private static Subspace subspace(Map<Kind, Subspace> kinds, Kind kind) {
    Subspace subspace = kinds.get(kind);
    if (subspace == null) {
      throw new IllegalStateException("no directory for " + kind);
    }
    return subspace;
  }

  /** Definitions. */
  public Subspace catalog() {
    return kind(Kind.CATALOG);
  }

  /** Blocks of streams. */
  public Subspace log() {
    return kind(Kind.LOG);
  }

  /** Where shards of streams begin, and up to where they are packed. */
  public Subspace bounds() {
    return kind(Kind.BOUNDS);
  }

  /** What time it was at some versions. */
  public Subspace ticks() {
    return kind(Kind.TICKS);
  }

  /** Rows of tables. */
  public Subspace rows() {
    return kind(Kind.ROWS);
  }

  /** Entries of indexes. */
  public Subspace index() {
    return kind(Kind.INDEX);
  }

  /** Documents of collections. */
  public Subspace docs() {
    return kind(Kind.DOCS);
  }

  /** Entries of buckets. */
  public Subspace kv() {
    return kind(Kind.KV);
  }

  /** Records of tables without a schema. */
  public Subspace records() {
    return kind(Kind.RECORDS);
  }

  /** Sorted runs of views. */
  public Subspace runs() {
    return kind(Kind.RUNS);
  }

  /** Manifests of views. */
  public Subspace state() {
    return kind(Kind.STATE);
  }

  /** What producers last appended. */
  public Subspace producers() {
    return kind(Kind.PRODUCERS);
  }

  /** Counters of rows, bytes and entries. */
  public Subspace statistics() {
    return kind(Kind.STATISTICS);
  }

  /** Keys to watch. */
  public Subspace pulses() {
    return kind(Kind.PULSES);
  }

  /** How far subscriptions have come. */
  public Subspace cursors() {
    return kind(Kind.CURSORS);
  }

  /** Commit markers. */
  public Subspace markers() {
    return kind(Kind.MARKERS);
  }

  /** Everything that an object's data may lie under: each begins with the object's number. */
  public List<Subspace> ofObjects() {
    return List.of(
        log(),
        bounds(),
        rows(),
        index(),
        records(),
        docs(),
        kv(),
        runs(),
        state(),
        producers(),
        statistics(),
        pulses(),
        cursors());
  }
}
