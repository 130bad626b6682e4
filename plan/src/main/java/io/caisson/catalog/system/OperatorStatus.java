package io.caisson.catalog.system;

/**
 * What an operator of a materialized view has done since the view was opened. Immutable.
 *
 * @param view the view's name
 * @param position its place in the plan, from 1, each before those that it reads from
 * @param operator what it does, indented by its depth
 * @param rowsIn how many changed rows it has taken in
 * @param rowsOut how many it has put out
 * @param micros how long it has worked, in microseconds
 * @param stateRows how many rows it remembers, at most
 * @param stateBytes how many bytes they take, about
 */
public record OperatorStatus(
    String view,
    long position,
    String operator,
    long rowsIn,
    long rowsOut,
    long micros,
    long stateRows,
    long stateBytes) {}
