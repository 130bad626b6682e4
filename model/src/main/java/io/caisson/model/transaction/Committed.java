package io.caisson.model.transaction;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction returned, and when it happened.
 *
 * @param value what it returned
 * @param version the store's version at which its writes became visible
 * @param <T> what it returns
 */
public record Committed<T extends @Nullable Object>(T value, long version) {}
