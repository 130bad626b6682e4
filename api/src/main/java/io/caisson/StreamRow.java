package io.caisson;

import java.time.LocalDateTime;

/**
 * A row of a stream with its place.
 *
 * @param row the values
 * @param position the position behind it
 * @param committedAt when it was committed, in UTC, by the clock of the process that committed it
 */
public record StreamRow(Row row, String position, LocalDateTime committedAt) {}
