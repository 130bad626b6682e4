package io.caisson.model.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexDefinition.IndexKey;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.ByteWriter;
import io.caisson.model.codec.Corruption;
import io.caisson.model.codec.RowCodec;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an index: what they are for given rows, and how they are read. Immutable and
 * thread-safe.
 *
 * <pre>
 * (table, index) values ({@link KeyElements}) primary key (a tuple) → included columns ({@link RowCodec})
 * </pre>
 */
final class IndexLayout {
  private static final int EXPRESSION = -1;
  private static final int LONGEST_KEY = 9_000;
  private static final byte[] NOTHING = {};
  private static final byte[] FIRST_VALUE = {0x02};
  private static final byte[] BEHIND_VALUES = {(byte) 0xFE};

  private final TableDefinition table;
  private final IndexDefinition index;
  private final byte[] prefix;
  private final RowLayout rows;
  private final @Nullable RowCodec included;

  /** For each key the position of its column, or that of an expression. */
  private final int[] keyPositions;

  private final SqlType[] types;

  IndexLayout(Subspace indexes, RowLayout rows, IndexDefinition index) {
    this.table = rows.table();
    this.index = index;
    this.rows = rows;
    this.prefix = indexes.pack(Tuple.from(table.id(), index.id()));
    this.keyPositions =
        index.keys().stream()
            .mapToInt(
                key ->
                    key.column().isPresent()
                        ? table.positionOf(key.column().getAsInt())
                        : EXPRESSION)
            .toArray();
    this.types = index.keys().stream().map(key -> type(key, table)).toArray(SqlType[]::new);
    this.included =
        index.included().isEmpty()
            ? null
            : new RowCodec(
                RowLayout.stored(
                    table,
                    i ->
                        index.included().contains(table.columns().get(i).id())
                            && !table.primaryKey().contains(i)),
                List.of());
  }

  private static SqlType type(IndexKey key, TableDefinition table) {
    return key instanceof IndexDefinition.ExpressionKey expression
        ? expression.type()
        : table.columnOf(key.column().getAsInt()).type();
  }

  /**
   * An entry.
   *
   * @param key its key
   * @param valuesEnd where in the key the primary key begins
   * @param unique whether no other entry may have the same values
   * @param value its value
   */
  record Entry(byte[] key, int valuesEnd, boolean unique, byte[] value) {
    /** What comes before the primary key. */
    byte[] values() {
      return Arrays.copyOf(key, valuesEnd);
    }
  }

  IndexDefinition index() {
    return index;
  }

  /**
   * The entries of rows, one each.
   *
   * @param columns rows of the table
   * @param expressions the values of the index's expressions
   */
  List<Entry> entries(Columns columns, List<Column> expressions) {
    List<Column> keys = keyColumns(columns, expressions);
    var entries = new ArrayList<Entry>(columns.size());
    var out = new ByteWriter();
    for (int row = 0; row < columns.size(); row++) {
      out.clear();
      out.putBytes(prefix, 0, prefix.length);
      boolean anyNull = false;
      for (int i = 0; i < keys.size(); i++) {
        IndexKey key = index.keys().get(i);
        KeyElements.put(keys.get(i), row, types[i], key, out);
        anyNull |= keys.get(i).isNull(row);
      }
      int valuesEnd = out.size();
      byte[] primaryKey = rows.keys().tuple(columns, row);
      out.putBytes(primaryKey, 0, primaryKey.length);
      if (out.size() > LONGEST_KEY) {
        throw new CaissonException(
                SqlState.ROW_TOO_LARGE,
                "index row size "
                    + out.size()
                    + " exceeds maximum "
                    + LONGEST_KEY
                    + " for index \""
                    + index.name()
                    + "\"")
            .withHint("Index a shorter value, such as a hash of it.");
      }
      byte[] value = included == null ? NOTHING : included.encode(columns, row);
      entries.add(new Entry(out.toBytes(), valuesEnd, index.unique() && !anyNull, value));
    }
    return entries;
  }

  private List<Column> keyColumns(Columns columns, List<Column> expressions) {
    var keys = new ArrayList<Column>();
    int next = 0;
    for (int position : keyPositions) {
      keys.add(position == EXPRESSION ? expressions.get(next++) : columns.column(position));
    }
    return keys;
  }

  /** The keys of all entries. */
  Range all() {
    return new Range(prefix, KeyElements.behind(prefix));
  }

  /** The keys of a part of the index. */
  Range range(KeyRange part) {
    byte[] begin = values(part.prefix());
    byte[] end = KeyElements.behind(begin);
    if (part.lower() == null && part.upper() == null) {
      return new Range(begin, end);
    }
    end = ByteArrayUtil.join(begin, BEHIND_VALUES);
    byte[] first = ByteArrayUtil.join(begin, FIRST_VALUE);
    boolean descending = index.keys().get(part.prefix().size()).descending();
    KeyRange.Bound low = descending ? part.upper() : part.lower();
    KeyRange.Bound high = descending ? part.lower() : part.upper();
    if (low != null) {
      byte[] bound = values(append(part.prefix(), low.value()));
      first = low.inclusive() ? bound : KeyElements.behind(bound);
    }
    if (high != null) {
      byte[] bound = values(append(part.prefix(), high.value()));
      end = high.inclusive() ? KeyElements.behind(bound) : bound;
    }
    return ByteArrayUtil.compareUnsigned(first, end) <= 0
        ? new Range(first, end)
        : new Range(first, first);
  }

  /** The key's beginning up to the given values. */
  byte[] values(List<Object> values) {
    var out = new ByteWriter();
    out.putBytes(prefix, 0, prefix.length);
    for (int i = 0; i < values.size(); i++) {
      IndexKey key = index.keys().get(i);
      KeyElements.put(values.get(i), types[i], key, out);
    }
    return out.toBytes();
  }

  private static List<Object> append(List<Object> prefix, Object value) {
    var values = new ArrayList<>(prefix);
    values.add(value);
    return values;
  }

  /** The key of the row that an entry stands for. */
  byte[] rowKey(byte[] key) {
    try {
      int at = prefix.length;
      for (IndexKey part : index.keys()) {
        at = KeyElements.end(key, at, part.descending());
      }
      return rows.keys().ofTuple(Arrays.copyOfRange(key, at, key.length));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Corruption.of(place(key), "its key is none of the index's", e);
    }
  }

  /** Adds what an entry holds of its row to a builder of the table's rows; the rest is NULL. */
  void decode(KeyValue entry, ColumnsBuilder target) {
    byte[] key = entry.getKey();
    int row = target.size();
    try {
      rows.keys().decode(rowKey(key), target, rows.keyTargets());
      int at = prefix.length;
      for (int i = 0; i < types.length; i++) {
        IndexKey part = index.keys().get(i);
        int end = KeyElements.end(key, at, part.descending());
        if (part.column().isPresent() && !index.included().contains(part.column().getAsInt())) {
          ColumnBuilder column = target.column(table.positionOf(part.column().getAsInt()));
          if (column.size() == row) {
            KeyElements.decode(key, at, end, types[i], part.descending(), column);
          }
        }
        at = end;
      }
    } catch (IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
      throw Corruption.of(place(key), "its key is none of the index's", e);
    }
    if (included != null) {
      included.decode(entry.getValue(), target, () -> place(key));
    }
    for (int i = 0; i < target.width(); i++) {
      if (target.column(i).size() == row) {
        target.column(i).addNull();
      }
    }
  }

  private String place(byte[] key) {
    return "The entry of index \"" + index.name() + "\" at key " + ByteArrayUtil.printable(key);
  }
}
