package io.caisson.sql;

import io.caisson.error.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where COPY reads rows or writes them. Immutable.
 *
 * @param file the name of a file, or null for the stream that comes with the statement
 * @param position where the statement names it, or null where that is not known
 */
public record CopyEnd(@Nullable String file, @Nullable Position position) {}
