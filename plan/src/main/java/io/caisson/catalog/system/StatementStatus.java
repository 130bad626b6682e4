package io.caisson.catalog.system;

/**
 * How far a statement is that runs in as many transactions as it takes. Immutable.
 *
 * @param command what it does: {@code UPDATE}, {@code COPY}
 * @param object the name of what it writes into
 * @param rows how many rows it has written; they stay, whatever becomes of the statement
 * @param transactions in how many transactions
 * @param millis how long it has been running
 */
public record StatementStatus(
    String command, String object, long rows, long transactions, long millis) {}
