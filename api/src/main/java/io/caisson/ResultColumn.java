package io.caisson;

import io.caisson.type.SqlType;

/**
 * A column of a result.
 *
 * @param name its name
 * @param type its type; values are of {@link io.caisson.type.TypeKind#javaClass()} or null
 */
public record ResultColumn(String name, SqlType type) {}
