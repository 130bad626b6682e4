package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * A column of CREATE as it was written.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether NOT NULL was said
 * @param primaryKey whether PRIMARY KEY was said
 */
public record ColumnSyntax(
    SqlIdentifier name, SqlDataTypeSpec type, boolean notNull, boolean primaryKey) {}
