package io.caisson.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** What ALTER STREAM changes, as it was written. Immutable. */
public sealed interface StreamChangeSyntax {
  /** ADD COLUMN; no value stands for NULL. */
  record AddColumn(ColumnSyntax column, @Nullable SqlNode value, boolean ifNotExists)
      implements StreamChangeSyntax {}

  /** RENAME TO. */
  record Rename(SqlIdentifier to) implements StreamChangeSyntax {}

  /** RENAME COLUMN. */
  record RenameColumn(SqlIdentifier column, SqlIdentifier to) implements StreamChangeSyntax {}

  /** DROP COLUMN. */
  record DropColumn(SqlIdentifier column) implements StreamChangeSyntax {}

  /** SET. */
  record SetOptions(List<OptionSyntax> options) implements StreamChangeSyntax {}

  /** RESET. */
  record ResetOptions(SqlNodeList names) implements StreamChangeSyntax {}
}
