package io.caisson.engine.state;

import io.caisson.column.Columns;

/**
 * What a step of a view changed, to be written down. The weights are not copied.
 *
 * @param after behind which version the step began
 * @param through the version that it brought the view to
 * @param rows the rows that came and went
 * @param weights how often each of them came, or went where negative
 */
public record LoggedStep(long after, long through, Columns rows, long[] weights) {}
