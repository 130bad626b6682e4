package io.caisson.model.record;

import java.util.List;

/**
 * A piece of a table of records, in order. Immutable.
 *
 * @param records the records
 * @param last whether no more come
 */
public record RecordPage(List<StoredRecord> records, boolean last) {
  /** Copies the list. */
  public RecordPage {
    records = List.copyOf(records);
  }
}
