package io.caisson.engine.record;

import io.caisson.RecordQuery;
import io.caisson.Row;
import io.caisson.engine.filter.ValueOrder;
import io.caisson.model.record.StoredRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A query over records that filters while it reads and sorts what is left in memory. */
final class InMemoryRecordQuery implements RecordQuery {
  private final Supplier<Stream<StoredRecord>> records;
  private final List<String> fields;
  private Predicate<StoredRecord> condition = record -> true;
  private @Nullable Comparator<StoredRecord> order;
  private long limit = Long.MAX_VALUE;

  /**
   * A query over all records.
   *
   * @param records reads them anew, all at one moment
   * @param fields what to answer; empty for every field that occurs
   */
  InMemoryRecordQuery(Supplier<Stream<StoredRecord>> records, List<String> fields) {
    this.records = records;
    this.fields = List.copyOf(fields);
  }

  @Override
  public RecordQuery ofType(String recordType) {
    condition = condition.and(record -> record.type().equals(recordType));
    return this;
  }

  @Override
  public RecordQuery where(String field, @Nullable Object value) {
    condition = condition.and(record -> ValueOrder.same(record.fields().get(field), value));
    return this;
  }

  @Override
  public RecordQuery orderBy(String field) {
    Comparator<StoredRecord> next =
        (left, right) ->
            ValueOrder.INSTANCE.compare(left.fields().get(field), right.fields().get(field));
    order = order == null ? next : order.thenComparing(next);
    return this;
  }

  @Override
  public RecordQuery limit(int rows) {
    if (rows < 0) {
      throw new io.caisson.error.CaissonException(
          io.caisson.error.SqlState.INVALID_PARAMETER, "LIMIT must not be negative, it is " + rows);
    }
    limit = rows;
    return this;
  }

  @Override
  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  public List<Row> execute() {
    try (Stream<StoredRecord> all = records.get()) {
      Stream<StoredRecord> kept = all.filter(condition);
      if (order != null) {
        kept = kept.sorted(order);
      }
      List<StoredRecord> found = kept.limit(limit).toList();
      List<String> names = fields.isEmpty() ? everyField(found) : fields;
      var rows = new ArrayList<Row>(found.size());
      for (StoredRecord record : found) {
        rows.add(new Row(names, values(record.fields(), names)));
      }
      return rows;
    }
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
