package io.caisson.dataflow.operator;

/**
 * What an operator has done since its circuit was built. Immutable.
 *
 * @param rowsIn how many changed rows it has taken in
 * @param rowsOut how many it has put out
 * @param nanos how long it has worked, without those behind it
 * @param stateRows how many rows it remembers, at most
 * @param stateBytes how many bytes they take, about
 */
public record OperatorMeasure(
    long rowsIn, long rowsOut, long nanos, long stateRows, long stateBytes) {
  /** Nothing has been done. */
  public static final OperatorMeasure NONE = new OperatorMeasure(0, 0, 0, 0, 0);

  /**
   * Two operators as if they were one: what goes in is the first one's, what comes out the other's.
   */
  public OperatorMeasure then(OperatorMeasure behind) {
    return new OperatorMeasure(
        rowsIn,
        behind.rowsOut,
        nanos + behind.nanos,
        stateRows + behind.stateRows,
        stateBytes + behind.stateBytes);
  }
}
