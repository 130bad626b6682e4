package io.caisson.engine.record;

import io.caisson.Filter;
import io.caisson.RecordQuery;
import io.caisson.Row;
import io.caisson.engine.filter.Conditions;
import io.caisson.engine.filter.Selection;
import io.caisson.engine.filter.ValueOrder;
import io.caisson.model.json.JsonPath;
import io.caisson.model.record.StoredRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query over records, which filters while it reads. For one thread. */
@SuppressWarnings("NullAway") // class files lose that the fields' values may be null
final class OpenRecordQuery implements RecordQuery {
  private final OpenRecordTable table;
  private final List<String> fields;
  private final Selection<StoredRecord> selection = new Selection<>(StoredRecord::fields);

  /**
   * A query over all records.
   *
   * @param fields what to answer; empty for every field that occurs
   */
  OpenRecordQuery(OpenRecordTable table, List<String> fields) {
    this.table = table;
    this.fields = List.copyOf(fields);
  }

  @Override
  public RecordQuery ofType(String recordType) {
    selection.where(record -> record.type().equals(recordType));
    return this;
  }

  @Override
  public RecordQuery where(String field, @Nullable Object value) {
    selection.where(record -> ValueOrder.same(record.fields().get(field), value));
    return this;
  }

  @Override
  public RecordQuery where(Filter condition) {
    var test = Conditions.of(condition);
    selection.where(record -> test.test(record.fields()));
    return this;
  }

  @Override
  public RecordQuery orderBy(String field) {
    selection.orderBy(JsonPath.ofMember(field), false);
    return this;
  }

  @Override
  public RecordQuery orderByDescending(String field) {
    selection.orderBy(JsonPath.ofMember(field), true);
    return this;
  }

  @Override
  public RecordQuery limit(int rows) {
    selection.limit(rows);
    return this;
  }

  @Override
  public List<Row> execute() {
    List<StoredRecord> found =
        table.scope().read(transaction -> selection.of(table.scan(transaction)));
    List<String> names = fields.isEmpty() ? everyField(found) : fields;
    var rows = new ArrayList<Row>(found.size());
    for (StoredRecord record : found) {
      rows.add(new Row(names, values(record.fields(), names)));
    }
    return rows;
  }

  @Override
  public long count() {
    return table.scope().read(transaction -> selection.count(table.scan(transaction)));
  }

  private static @Nullable Object[] values(
      Map<String, @Nullable Object> fields, List<String> names) {
    @Nullable Object[] values = new @Nullable Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.get(names.get(i));
    }
    return values;
  }

  private static List<String> everyField(List<StoredRecord> records) {
    var names = new LinkedHashSet<String>();
    records.forEach(record -> names.addAll(record.fields().keySet()));
    return List.copyOf(names);
  }
}
