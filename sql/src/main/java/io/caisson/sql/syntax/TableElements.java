package io.caisson.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNodeList;

/**
 * What stands between the parentheses of CREATE STREAM and CREATE TABLE, collected while parsing.
 * For one thread.
 */
public final class TableElements {
  private final List<ColumnSyntax> columns = new ArrayList<>();
  private final List<WatermarkSyntax> watermarks = new ArrayList<>();
  private final List<SqlNodeList> primaryKeys = new ArrayList<>();
  private final List<ConstraintSyntax> constraints = new ArrayList<>();

  /** Adds a column. */
  public void add(ColumnSyntax column) {
    columns.add(column);
  }

  /** Adds a watermark. */
  public void add(WatermarkSyntax watermark) {
    watermarks.add(watermark);
  }

  /** Adds a PRIMARY KEY clause. */
  public void addPrimaryKey(SqlNodeList key) {
    primaryKeys.add(key);
  }

  /** Adds a UNIQUE, CHECK or FOREIGN KEY clause. */
  public void add(ConstraintSyntax constraint) {
    constraints.add(constraint);
  }

  /** The columns in their order. */
  public List<ColumnSyntax> columns() {
    return columns;
  }

  /** The watermarks; more than one is an error to be reported. */
  public List<WatermarkSyntax> watermarks() {
    return watermarks;
  }

  /** The PRIMARY KEY clauses; more than one is an error to be reported. */
  public List<SqlNodeList> primaryKeys() {
    return primaryKeys;
  }

  /** The other constraints, of columns and of the table. */
  public List<ConstraintSyntax> constraints() {
    return constraints;
  }
}
