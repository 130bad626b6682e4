package io.caisson.engine.record;

import io.caisson.RecordTable;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.engine.scope.Scope;
import io.caisson.model.record.RecordIds;
import io.caisson.model.record.RecordStore;

/**
 * The tables without a schema of a database. Thread-safe.
 *
 * @param store where records are kept
 * @param ids ids for new records
 */
public record RecordTables(RecordStore store, RecordIds ids) {
  /** The table of a definition, whose changes go where the scope says. */
  public RecordTable open(RecordTableDefinition definition, Scope scope) {
    return new OpenRecordTable(this, definition, scope);
  }
}
