package io.caisson.format;

import io.caisson.type.SqlType;

/**
 * A column of rows that are read or written as text.
 *
 * @param name its name, by which headers and JSON objects call it
 * @param type its type
 */
public record RowColumn(String name, SqlType type) {}
