package io.caisson.testkit;

/**
 * A row that a test expects, as {@link CaissonTest#row} makes it. Immutable.
 *
 * @param line its values as text
 */
public record ExpectedRow(String line) {}
