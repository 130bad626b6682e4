package io.caisson.engine.view;

/** When commits were. For the maintenance thread. */
@FunctionalInterface
public interface VersionTimes {
  /**
   * When a version was committed, as it was recorded: the same whenever it is asked for.
   *
   * @param version the version of a commit
   * @return microseconds since 1970
   */
  long timeOf(long version);
}
