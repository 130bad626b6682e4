package io.caisson.tests.architecture.bad.engine;

/** Bad on purpose: a layer that sees a library which belongs to another one. */
public class SeesCalcite {
  /** A type of the SQL library. */
  public Class<?> type() {
    return org.apache.calcite.sql.SqlNode.class;
  }
}
