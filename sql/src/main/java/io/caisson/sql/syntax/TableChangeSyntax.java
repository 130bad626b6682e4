package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** One change of ALTER TABLE as it was written. Immutable. */
public sealed interface TableChangeSyntax {
  /** ADD COLUMN, with the constraints that were said of it. */
  record AddColumn(TableElements elements, boolean ifNotExists) implements TableChangeSyntax {}

  /** ADD CONSTRAINT. */
  record AddConstraint(TableElements elements) implements TableChangeSyntax {}

  /** DROP COLUMN. */
  record DropColumn(SqlIdentifier column, boolean ifExists) implements TableChangeSyntax {}

  /** DROP CONSTRAINT. */
  record DropConstraint(SqlIdentifier constraint, boolean ifExists) implements TableChangeSyntax {}

  /** RENAME TO. */
  record Rename(SqlIdentifier newName) implements TableChangeSyntax {}

  /** RENAME COLUMN. */
  record RenameColumn(SqlIdentifier column, SqlIdentifier newName) implements TableChangeSyntax {}

  /** ALTER COLUMN SET DEFAULT; without an expression DROP DEFAULT. */
  record SetDefault(SqlIdentifier column, @Nullable ExpressionSyntax value)
      implements TableChangeSyntax {}

  /** ALTER COLUMN SET NOT NULL or DROP NOT NULL. */
  record SetNotNull(SqlIdentifier column, boolean notNull) implements TableChangeSyntax {}
}
