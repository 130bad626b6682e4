package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** A column of CREATE or ALTER as it was written, collected while parsing. For one thread. */
public final class ColumnSyntax {
  private final SqlIdentifier name;
  private final SqlDataTypeSpec type;
  private boolean notNull;
  private boolean primaryKey;
  private int values;
  private @Nullable ExpressionSyntax defaultValue;
  private @Nullable ExpressionSyntax generated;
  private @Nullable Boolean identity;
  private boolean arrival;

  /** A column of which nothing else was said yet. */
  public ColumnSyntax(SqlIdentifier name, SqlDataTypeSpec type) {
    this.name = name;
    this.type = type;
  }

  /** NOT NULL was said. */
  public void forbidNull() {
    notNull = true;
  }

  /** PRIMARY KEY was said. */
  public void makePrimaryKey() {
    primaryKey = true;
  }

  /** DEFAULT was said. */
  public void setDefault(ExpressionSyntax expression) {
    defaultValue = expression;
    values++;
  }

  /** GENERATED ALWAYS AS (expression) STORED was said. */
  public void setGenerated(ExpressionSyntax expression) {
    generated = expression;
    values++;
  }

  /** GENERATED AS IDENTITY was said, ALWAYS or BY DEFAULT. */
  public void setIdentity(boolean always) {
    identity = always;
    values++;
  }

  /** {@code AS PROCTIME()} was said. */
  public void setArrival() {
    arrival = true;
    values++;
  }

  /** Whether it says when a row was appended. */
  public boolean arrival() {
    return arrival;
  }

  /** Its name. */
  public SqlIdentifier name() {
    return name;
  }

  /** Its type. */
  public SqlDataTypeSpec type() {
    return type;
  }

  /** Whether NOT NULL was said. */
  public boolean notNull() {
    return notNull;
  }

  /** Whether PRIMARY KEY was said. */
  public boolean primaryKey() {
    return primaryKey;
  }

  /** How many sources of its values were named; more than one is an error to be reported. */
  public int values() {
    return values;
  }

  /** The expression of DEFAULT, or null. */
  public @Nullable ExpressionSyntax defaultValue() {
    return defaultValue;
  }

  /** The expression that computes it, or null. */
  public @Nullable ExpressionSyntax generated() {
    return generated;
  }

  /** Whether its identity is ALWAYS, or null where it has none. */
  public @Nullable Boolean identity() {
    return identity;
  }
}
