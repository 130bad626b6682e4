package io.caisson;

import java.time.LocalDateTime;

/**
 * A row of a stream with its place.
 *
 * @param row the values
 * @param position the position behind it
 * @param shard the log of the stream that it lies in, counted from 0
 * @param committedAt when it was committed, in UTC, by the clock of the process that committed it
 */
public record StreamRow(Row row, String position, int shard, LocalDateTime committedAt) {}
