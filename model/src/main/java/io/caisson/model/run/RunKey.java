package io.caisson.model.run;

/**
 * Names a run of a view's state.
 *
 * @param view the view's id
 * @param arrangement which of the view's arrangements
 * @param run which of its runs
 */
public record RunKey(long view, long arrangement, long run) {}
