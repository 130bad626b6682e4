package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * An option of WITH as it was written.
 *
 * @param name its name
 * @param value a literal or a bare word, or null where the name stands alone
 */
public record OptionSyntax(SqlIdentifier name, @Nullable SqlNode value) {}
