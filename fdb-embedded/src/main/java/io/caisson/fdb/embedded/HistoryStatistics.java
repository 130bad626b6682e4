package io.caisson.fdb.embedded;

/**
 * The window of the last commits: what conflicts are checked against and older versions are read
 * from. It is five seconds long, or shorter when its bytes are used up. Immutable.
 *
 * @param bytes heap that it takes, estimated
 * @param maximumBytes its bound
 * @param keys changed keys that it remembers
 * @param spanMillis how far back it reaches
 */
public record HistoryStatistics(long bytes, long maximumBytes, int keys, long spanMillis) {}
