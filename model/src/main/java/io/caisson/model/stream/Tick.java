package io.caisson.model.stream;

/**
 * What time it was when the store was at a version. Immutable.
 *
 * @param version the version of a commit
 * @param wallMicros the time by the clock of the process that committed, in microseconds since 1970
 */
record Tick(long version, long wallMicros) {}
