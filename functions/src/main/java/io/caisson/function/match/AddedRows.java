package io.caisson.function.match;

/**
 * Which rows of a mapping an aggregate has still to take, when it has taken those of one that it
 * was asked for before: a mapping that only grew needs its new rows alone. For one thread.
 */
public final class AddedRows {
  private int begin = -1;
  private int taken;
  private long stamp;

  /** None has been taken. */
  public AddedRows() {}

  /**
   * The first row to take; those behind it follow up to the mapping's end. Where it is the
   * mapping's first row the aggregate begins anew.
   */
  public int from(RowMapping mapping) {
    boolean goesOn =
        begin == mapping.begin()
            && taken <= mapping.end()
            && stamp == mapping.stampBefore(taken)
            && taken > begin;
    int from = goesOn ? taken : mapping.begin();
    begin = mapping.begin();
    taken = mapping.end();
    stamp = mapping.stampBefore(taken);
    return from;
  }
}
