package io.caisson.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * An index as it was written. Immutable.
 *
 * @param name its name, or null where none was given
 * @param table the table
 * @param unique whether UNIQUE was said
 * @param keys what it is sorted by
 * @param included the columns of INCLUDE
 */
public record IndexSyntax(
    @Nullable SqlIdentifier name,
    SqlIdentifier table,
    boolean unique,
    List<Key> keys,
    SqlNodeList included) {
  /** Copies the list. */
  public IndexSyntax {
    keys = List.copyOf(keys);
  }

  /**
   * A column or an expression.
   *
   * @param expression which
   * @param descending whether DESC was said
   * @param nullsFirst whether NULL comes before all values
   */
  public record Key(ExpressionSyntax expression, boolean descending, boolean nullsFirst) {}
}
