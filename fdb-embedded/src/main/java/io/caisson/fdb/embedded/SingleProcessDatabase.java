package io.caisson.fdb.embedded;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.KeyRangeArrayResult;
import com.apple.foundationdb.Tenant;
import com.apple.foundationdb.tuple.Tuple;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What only a cluster has, and this engine refuses with code 2108: tenants and blob granules.
 * Stateless.
 */
abstract class SingleProcessDatabase implements Database {
  private static EmbeddedException unsupported(String what) {
    return ErrorCode.UNSUPPORTED_OPERATION.exception(what);
  }

  private static <T> CompletableFuture<T> failed(Supplier<? extends RuntimeException> failure) {
    return CompletableFuture.failedFuture(failure.get());
  }

  @Override
  public final Tenant openTenant(Tuple name) {
    throw unsupported("tenants");
  }

  @Override
  public final Tenant openTenant(byte[] name, Executor tenantExecutor) {
    throw unsupported("tenants");
  }

  @Override
  public final Tenant openTenant(Tuple name, Executor tenantExecutor) {
    throw unsupported("tenants");
  }

  @Override
  public final Tenant openTenant(byte[] name, Executor tenantExecutor, EventKeeper eventKeeper) {
    throw unsupported("tenants");
  }

  @Override
  public final Tenant openTenant(Tuple name, Executor tenantExecutor, EventKeeper eventKeeper) {
    throw unsupported("tenants");
  }

  @Override
  public final CompletableFuture<byte[]> purgeBlobGranules(
      byte[] begin, byte[] end, long version, boolean force, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }

  @Override
  public final CompletableFuture<Void> waitPurgeGranulesComplete(
      byte[] purgeKey, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }

  @Override
  public final CompletableFuture<Boolean> blobbifyRange(
      byte[] begin, byte[] end, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }

  @Override
  public final CompletableFuture<Boolean> blobbifyRangeBlocking(
      byte[] begin, byte[] end, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }

  @Override
  public final CompletableFuture<Boolean> unblobbifyRange(
      byte[] begin, byte[] end, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }

  @Override
  public final CompletableFuture<KeyRangeArrayResult> listBlobbifiedRanges(
      byte[] begin, byte[] end, int limit, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }

  @Override
  public final CompletableFuture<Long> verifyBlobRange(
      byte[] begin, byte[] end, long version, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }

  @Override
  public final CompletableFuture<Boolean> flushBlobRange(
      byte[] begin, byte[] end, boolean compact, long version, Executor blobExecutor) {
    return failed(() -> unsupported("blob granules"));
  }
}
