package io.caisson.model.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is stored. Immutable.
 *
 * @param id its number, by which records are in order
 * @param type what kind of record it is
 * @param fields its fields, in the order in which they were given
 */
public record StoredRecord(RecordId id, String type, Map<String, @Nullable Object> fields) {}
