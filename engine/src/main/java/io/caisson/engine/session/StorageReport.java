package io.caisson.engine.session;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.fdb.embedded.StorageStatistics;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN STORAGE: what the B+ tree of the store measures, what each object takes in it, and beside
 * that the textbook estimates for n keys of k bytes: height ⌊log2(n + 1)⌋, which is the height of a
 * binary tree and so only an upper bound for a B+ tree, and size ⌈(n + 1) · k⌉.
 */
final class StorageReport {
  private static final int PAGE_ENTRIES = 5_000;

  private final SessionServices services;

  StorageReport(SessionServices services) {
    this.services = services;
  }

  /** Entries and bytes counted by reading them. */
  private record Measure(long entries, long keyBytes, long valueBytes) {
    Measure plus(Measure other) {
      return new Measure(
          entries + other.entries, keyBytes + other.keyBytes, valueBytes + other.valueBytes);
    }

    double averageKey() {
      return entries == 0 ? 0 : (double) keyBytes / entries;
    }
  }

  Result result() {
    Catalog catalog = services.runner().read(services.catalog()::read);
    var objects = new ArrayList<@Nullable Object[]>();
    var total = new Measure(0, 0, 0);
    for (CatalogObject object : catalog.objects().values()) {
      Measure measure = measure(object.id());
      total = total.plus(measure);
      objects.add(row(object.name(), object.kind(), measure, Optional.empty()));
    }
    var rows = new ArrayList<@Nullable Object[]>();
    Optional<StorageStatistics> tree = services.tree().map(supplier -> supplier.get());
    if (tree.isPresent()) {
      total = total.plus(rest(total, tree.get()));
    }
    rows.add(row("(store)", tree.isPresent() ? "B+ TREE" : "CLUSTER", total, tree));
    rows.addAll(objects);
    return RowResult.of("EXPLAIN", columns(), rows);
  }

  /**
   * Keys that belong to no object: directories, definitions, other databases. Their sizes are not
   * measured.
   */
  private static Measure rest(Measure objects, StorageStatistics tree) {
    long entries = Math.max(0, tree.entries() - objects.entries());
    return new Measure(entries, Math.round(entries * objects.averageKey()), 0);
  }

  private Measure measure(long object) {
    var total = new Measure(0, 0, 0);
    for (Subspace data : services.stores().keyspace().ofObjects()) {
      total =
          total.plus(measure(data.range(Tuple.from(object)))).plus(measureOne(data.pack(object)));
    }
    return total;
  }

  private Measure measureOne(byte[] key) {
    byte[] value = services.runner().read(transaction -> transaction.snapshot().get(key).join());
    return value == null ? new Measure(0, 0, 0) : new Measure(1, key.length, value.length);
  }

  private Measure measure(Range range) {
    var total = new Measure(0, 0, 0);
    byte[] begin = range.begin;
    while (true) {
      byte[] from = begin;
      List<KeyValue> page =
          services.runner().read(transaction -> page(transaction.snapshot(), from, range.end));
      for (KeyValue entry : page) {
        total = total.plus(new Measure(1, entry.getKey().length, entry.getValue().length));
      }
      if (page.size() < PAGE_ENTRIES) {
        return total;
      }
      begin = ByteArrayUtil.join(page.get(page.size() - 1).getKey(), new byte[1]);
    }
  }

  private static List<KeyValue> page(ReadTransaction transaction, byte[] begin, byte[] end) {
    return transaction
        .getRange(begin, end, PAGE_ENTRIES, false, StreamingMode.WANT_ALL)
        .asList()
        .join();
  }

  private static List<ResultColumn> columns() {
    SqlType text = SqlType.of(TypeKind.TEXT);
    SqlType number = SqlType.of(TypeKind.BIGINT);
    SqlType fraction = SqlType.of(TypeKind.DOUBLE);
    var columns = new ArrayList<ResultColumn>();
    columns.add(new ResultColumn("object", text));
    columns.add(new ResultColumn("kind", text));
    columns.add(new ResultColumn("entries", number));
    columns.add(new ResultColumn("key_bytes", number));
    columns.add(new ResultColumn("value_bytes", number));
    columns.add(new ResultColumn("average_key_bytes", fraction));
    columns.add(new ResultColumn("estimated_height", number));
    columns.add(new ResultColumn("estimated_size", number));
    columns.add(new ResultColumn("depth", number));
    columns.add(new ResultColumn("branch_pages", number));
    columns.add(new ResultColumn("leaf_pages", number));
    columns.add(new ResultColumn("overflow_pages", number));
    columns.add(new ResultColumn("page_size", number));
    columns.add(new ResultColumn("page_fill", fraction));
    columns.add(new ResultColumn("file_bytes", number));
    return columns;
  }

  private static @Nullable Object[] row(
      String object, String kind, Measure measure, Optional<StorageStatistics> tree) {
    double averageKey = measure.averageKey();
    @Nullable Object[] row = new @Nullable Object[15];
    row[0] = object;
    row[1] = kind;
    row[2] = measure.entries();
    row[3] = measure.keyBytes();
    row[4] = measure.valueBytes();
    row[5] = Math.round(averageKey * 10) / 10.0;
    row[6] = (long) (Long.SIZE - 1 - Long.numberOfLeadingZeros(measure.entries() + 1));
    row[7] = (long) Math.ceil((measure.entries() + 1) * averageKey);
    tree.ifPresent(
        statistics -> {
          row[8] = (long) statistics.depth();
          row[9] = statistics.branchPages();
          row[10] = statistics.leafPages();
          row[11] = statistics.overflowPages();
          row[12] = (long) statistics.pageSize();
          double fill =
              (double) (measure.keyBytes() + measure.valueBytes())
                  / Math.max(1, statistics.treeBytes());
          row[13] = Math.round(fill * 1000) / 1000.0;
          row[14] = statistics.fileBytes();
        });
    return row;
  }
}
