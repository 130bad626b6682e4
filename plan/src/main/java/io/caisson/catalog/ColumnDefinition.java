package io.caisson.catalog;

import io.caisson.type.SqlType;

/**
 * A named column.
 *
 * @param name its name, as folded by SQL
 * @param type its type, including whether NULL is allowed
 */
public record ColumnDefinition(String name, SqlType type) {}
