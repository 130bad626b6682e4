package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** A constraint of a table as it was written; one of a column names that column. Immutable. */
public sealed interface ConstraintSyntax {
  /** Its name, or null where none was given. */
  @Nullable SqlIdentifier name();

  /** UNIQUE. */
  record Unique(@Nullable SqlIdentifier name, SqlNodeList columns) implements ConstraintSyntax {}

  /** CHECK. */
  record Check(@Nullable SqlIdentifier name, ExpressionSyntax condition)
      implements ConstraintSyntax {}

  /** FOREIGN KEY, or REFERENCES of a column; no referenced columns stand for the primary key. */
  record ForeignKey(
      @Nullable SqlIdentifier name,
      SqlNodeList columns,
      SqlIdentifier table,
      SqlNodeList referenced,
      String onDelete,
      String onUpdate)
      implements ConstraintSyntax {}
}
