package io.caisson.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * COPY as it was written, names not yet looked up. Immutable.
 *
 * @param from whether rows are read from a file, else written to one
 * @param table what they are copied into or out of, or null for a query
 * @param columns the columns, or null for all
 * @param query the query whose rows are copied, or null for a table
 * @param end the name of a file as a literal, or the word STDIN or STDOUT
 * @param options how rows are written there
 * @param where the condition of rows that are copied, or null for all
 */
public record CopySyntax(
    boolean from,
    @Nullable SqlIdentifier table,
    @Nullable SqlNodeList columns,
    @Nullable SqlNode query,
    SqlNode end,
    List<OptionSyntax> options,
    @Nullable SqlNode where) {
  /** Copies the list. */
  public CopySyntax {
    options = List.copyOf(options);
  }

  /** An option as it was written before there were parentheses: CSV is a format there. */
  public static OptionSyntax former(SqlIdentifier name, @Nullable SqlNode value) {
    boolean format = value == null && !name.getSimple().equalsIgnoreCase("header");
    return format
        ? new OptionSyntax(new SqlIdentifier("format", name.getParserPosition()), name)
        : new OptionSyntax(name, value);
  }
}
