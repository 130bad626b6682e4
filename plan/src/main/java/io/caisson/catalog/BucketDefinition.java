package io.caisson.catalog;

import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;

/**
 * A bucket of values by key. SQL sees it as a relation of the key, the value, and the moment at
 * which the entry ends, if it does. Immutable.
 *
 * @param id its number
 * @param name its name
 * @param keys what keys are: TEXT or BYTEA
 * @param values what values are: TEXT, BYTEA, or BIGINT for counters
 * @param ttlMicros after which time an entry that says nothing else ends, in microseconds; 0 for
 *     never
 */
public record BucketDefinition(long id, String name, TypeKind keys, TypeKind values, long ttlMicros)
    implements KeyedObject {
  /** Position of the column that holds an entry's key. */
  public static final int KEY = 0;

  /** Position of the column that holds an entry's value. */
  public static final int VALUE = 1;

  /** Position of the column that says when an entry ends; NULL for never. */
  public static final int EXPIRES_AT = 2;

  /** Checks the types and the time. */
  public BucketDefinition {
    boolean keyFits = keys == TypeKind.TEXT || keys == TypeKind.BYTEA;
    boolean valueFits =
        values == TypeKind.TEXT || values == TypeKind.BYTEA || values == TypeKind.BIGINT;
    if (!keyFits || !valueFits || ttlMicros < 0) {
      throw new IllegalArgumentException(keys + " → " + values + " for " + ttlMicros + " µs");
    }
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public BucketDefinition withId(long newId) {
    return new BucketDefinition(newId, name, keys, values, ttlMicros);
  }

  /** Whether its values are counters. */
  public boolean counts() {
    return values == TypeKind.BIGINT;
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        new ColumnDefinition("key", SqlType.of(keys).withNullable(false)),
        new ColumnDefinition("value", SqlType.of(values).withNullable(false)),
        new ColumnDefinition("expires_at", SqlType.of(TypeKind.TIMESTAMP)));
  }

  @Override
  public List<Integer> primaryKey() {
    return List.of(KEY);
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public String kind() {
    return "BUCKET";
  }
}
