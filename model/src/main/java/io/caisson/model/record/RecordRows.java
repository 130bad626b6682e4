package io.caisson.model.record;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.column.BytesColumn;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.change.RelationPage;
import io.caisson.model.json.JsonReader;
import io.caisson.model.json.JsonWriter;
import io.caisson.model.json.JsonbText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables without a schema as SQL sees them: rows of an id, a type, all fields as JSON, and the
 * fields that the statement names as text; changed the way {@link
 * io.caisson.model.table.TableStore} changes the rows of tables. Thread-safe.
 */
public final class RecordRows {
  private final RecordStore records;
  private final RecordIds ids;

  /**
   * The rows of a database's tables without a schema.
   *
   * @param records where they are kept
   * @param ids ids for new records
   */
  public RecordRows(RecordStore records, RecordIds ids) {
    this.records = records;
    this.ids = ids;
  }

  /**
   * Inserts records of JSON; each gets a new id.
   *
   * @return the rows as they were stored
   * @throws CaissonException 22P02 for what is no JSON object; 23502; 22023 for an id that is
   *     given; and as {@link RecordStore#insert} does
   */
  public Columns insert(Transaction transaction, RecordTableDefinition table, Columns rows) {
    ColumnsBuilder stored = builder(table);
    for (int row = 0; row < rows.size(); row++) {
      if (!rows.column(RecordTableDefinition.ID).isNull(row)) {
        throw new CaissonException(
                SqlState.INVALID_PARAMETER, "the _id of a new record can't be chosen")
            .withHint("Leave it out: records get ids in the order of their making.");
      }
      StoredRecord record = record(ids.next(), table, rows, row);
      records.insert(transaction, table, record.id(), record.type(), record.fields());
      add(record, table, stored);
    }
    return stored.build();
  }

  private static StoredRecord record(
      RecordId id, RecordTableDefinition table, Columns rows, int row) {
    String type = text(table, rows, RecordTableDefinition.TYPE, row);
    return new StoredRecord(id, type, fields(table, rows, row));
  }

  /** Removes all records. */
  public void truncate(Transaction transaction, RecordTableDefinition table) {
    records.clear(transaction, table);
  }

  /** Removes records, given as rows that were read in this transaction. */
  public void delete(Transaction transaction, RecordTableDefinition table, Columns rows) {
    for (int row = 0; row < rows.size(); row++) {
      boolean unused = records.delete(transaction, table, id(table, rows, row));
    }
  }

  /**
   * Replaces the type and the fields of records, each by those in the same place.
   *
   * @param before rows that were read in this transaction
   * @param after as many rows with the same ids
   * @return the rows as they were stored
   * @throws CaissonException as {@link #insert} does
   */
  public Columns update(
      Transaction transaction, RecordTableDefinition table, Columns before, Columns after) {
    if (before.size() != after.size()) {
      throw new IllegalArgumentException(before.size() + " rows become " + after.size());
    }
    ColumnsBuilder stored = builder(table);
    for (int row = 0; row < after.size(); row++) {
      RecordId id = id(table, before, row);
      if (!id.toString().equals(text(table, after, RecordTableDefinition.ID, row))) {
        throw new CaissonException(SqlState.INVALID_PARAMETER, "the _id of a record can't change");
      }
      StoredRecord record = record(id, table, after, row);
      boolean unused = records.update(transaction, table, record);
      add(record, table, stored);
    }
    return stored.build();
  }

  private static RecordId id(RecordTableDefinition table, Columns rows, int row) {
    return RecordId.of(text(table, rows, RecordTableDefinition.ID, row));
  }

  private static String text(RecordTableDefinition table, Columns rows, int column, int row) {
    var texts = (BytesColumn) rows.column(column);
    if (texts.isNull(row)) {
      throw new CaissonException(
              SqlState.NOT_NULL_VIOLATION,
              "NULL in column \""
                  + table.columns().get(column).name()
                  + "\" of \""
                  + table.name()
                  + "\", row "
                  + (row + 1))
          .withHint("The column is NOT NULL: give it a value.");
    }
    return texts.text(row);
  }

  private static Map<String, @Nullable Object> fields(
      RecordTableDefinition table, Columns rows, int row) {
    String json = text(table, rows, RecordTableDefinition.RECORD, row);
    Object value;
    try {
      value = JsonReader.read(json);
    } catch (CaissonException e) {
      throw e.withPosition(null); // a place in the record, not in the statement
    }
    if (!(value instanceof Map<?, ?> members)) {
      throw new CaissonException(SqlState.INVALID_TEXT, "a record is a JSON object, not " + json)
          .withHint("Write its fields between braces, as in {\"name\": \"value\"}.");
    }
    return plainFields(members);
  }

  private static Map<String, @Nullable Object> plainFields(Map<?, ?> members) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    members.forEach((name, member) -> fields.put((String) name, plain(member)));
    return fields;
  }

  /** A value as records hold it: their fractions are doubles. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.doubleValue();
    }
    if (value instanceof List<?> list) {
      var elements = new ArrayList<@Nullable Object>();
      list.forEach(element -> elements.add(plain(element)));
      return elements;
    }
    return value instanceof Map<?, ?> map ? plainFields(map) : value;
  }

  /**
   * Reads a piece of a table as rows in the order of their making.
   *
   * @param after the id behind which to begin, as text in UTF-8, or null for the beginning
   * @param byteBudget about how many bytes to read; one record is read always
   */
  public RelationPage page(
      ReadTransaction transaction,
      RecordTableDefinition table,
      byte @Nullable [] after,
      int byteBudget) {
    RecordId id = after == null ? null : RecordId.of(new String(after, StandardCharsets.UTF_8));
    RecordPage page = records.page(transaction, table, id, byteBudget);
    ColumnsBuilder rows = builder(table);
    page.records().forEach(record -> add(record, table, rows));
    int size = page.records().size();
    return new RelationPage(
        rows.build(),
        page.last() || size == 0
            ? null
            : page.records().get(size - 1).id().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Rows of the log of a table's changes as rows of the table. */
  public Columns logged(RecordTableDefinition table, Columns logged) {
    ColumnsBuilder rows = builder(table);
    for (int row = 0; row < logged.size(); row++) {
      add(records.logged(table, logged, row), table, rows);
    }
    return rows.build();
  }

  private static ColumnsBuilder builder(RecordTableDefinition table) {
    return new ColumnsBuilder(table.columns().stream().map(ColumnDefinition::type).toList());
  }

  private static void add(StoredRecord record, RecordTableDefinition table, ColumnsBuilder rows) {
    rows.column(RecordTableDefinition.ID).addText(record.id().toString());
    rows.column(RecordTableDefinition.TYPE).addText(record.type());
    rows.column(RecordTableDefinition.RECORD).addText(json(record.fields()));
    for (int i = 0; i < table.fields().size(); i++) {
      ColumnBuilder column = rows.column(RecordTableDefinition.RECORD + 1 + i);
      Object value = record.fields().get(table.fields().get(i));
      if (value == null) {
        column.addNull();
      } else {
        column.addText(value instanceof String text ? text : text(value));
      }
    }
  }

  /** A field as a text of its own, without the quotes that JSON puts around names of numbers. */
  private static String text(Object value) {
    return written(value) instanceof String text ? text : json(value);
  }

  private static String json(Object value) {
    return JsonbText.of(JsonWriter.write(written(value)));
  }

  /** A value as JSON has words for it: numbers that are none become their names. */
  private static @Nullable Object written(@Nullable Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return number.toString();
    }
    if (value instanceof List<?> list) {
      var elements = new ArrayList<@Nullable Object>();
      list.forEach(element -> elements.add(written(element)));
      return elements;
    }
    if (value instanceof Map<?, ?> map) {
      var members = new LinkedHashMap<Object, @Nullable Object>();
      map.forEach((name, member) -> members.put(name, written(member)));
      return members;
    }
    return value;
  }
}
