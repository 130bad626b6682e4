package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are made of the catalog, and of how things are at the moment, when it is read.
 * To add one, write its class and name it in {@link SystemTables}. Stateless.
 */
public interface SystemTable {
  /** The schema that it is in. */
  String schema();

  /** Its name there. */
  String name();

  /** Its columns. */
  List<ColumnDefinition> columns();

  /** Its rows: physical values (Long for integers and booleans, String for text), null for NULL. */
  List<@Nullable Object[]> rows(Catalog catalog, LiveState live);

  /** A column of text. */
  static ColumnDefinition text(String name) {
    return new ColumnDefinition(name, SqlType.of(TypeKind.TEXT));
  }

  /** A column of whole numbers. */
  static ColumnDefinition number(String name) {
    return new ColumnDefinition(name, SqlType.of(TypeKind.BIGINT));
  }
}
