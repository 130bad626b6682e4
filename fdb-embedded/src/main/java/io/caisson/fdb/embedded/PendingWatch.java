package io.caisson.fdb.embedded;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A watch that waits for its transaction's commit.
 *
 * @param key what is watched
 * @param seen what the transaction has seen there, its own writes included
 * @param future completes when the key holds something else
 */
@SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
record PendingWatch(byte[] key, byte @Nullable [] seen, CompletableFuture<Void> future) {}
