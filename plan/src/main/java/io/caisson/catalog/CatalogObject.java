package io.caisson.catalog;

import java.util.List;

/**
 * A named object of a database. Objects share one name space, as relations do in PostgreSQL.
 * Immutable.
 */
public sealed interface CatalogObject
    permits StreamDefinition,
        KeyedObject,
        IndexedRelation,
        PlainViewDefinition,
        SystemTableDefinition,
        SubscriptionDefinition,
        ViewPart {
  /**
   * A number that no other object of the database has or will have; keys carry it instead of the
   * name.
   */
  long id();

  /** The name, unique in the database. */
  String name();

  /** The columns in their order. */
  List<ColumnDefinition> columns();

  /**
   * What SQL calls this kind of object: {@code STREAM}, {@code TABLE}, {@code MATERIALIZED VIEW}.
   */
  String kind();

  /** Whether it keeps rows that may change and go, as a table does and a stream does not. */
  default boolean keepsRows() {
    return false;
  }

  /** The ids of the objects that its query reads and that can't go before it; none without one. */
  default List<Long> reads() {
    return List.of();
  }
}
