package io.caisson.sql;

import org.jspecify.annotations.Nullable;

/**
 * How SUBSCRIBE follows something. Immutable.
 *
 * @param snapshot whether what is there already comes first
 * @param progress whether marks of progress come too
 * @param upsert whether changes come as new rows by their key, not as rows with weights
 * @param token behind which place it begins, or null where it does not go on
 */
public record SubscribeOptions(
    boolean snapshot, boolean progress, boolean upsert, @Nullable String token) {}
