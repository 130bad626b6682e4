package io.caisson;

/**
 * A row that came or went.
 *
 * @param row the values
 * @param weight how often it came; negative where it went
 */
public record Change(Row row, long weight) {}
