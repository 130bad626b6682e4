package io.caisson.engine;

import com.apple.foundationdb.FDB;
import io.caisson.Caisson;
import io.caisson.CaissonOptions;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.fdb.embedded.ClientLibrary;
import io.caisson.fdb.embedded.EmbeddedDatabase;
import io.caisson.fdb.embedded.EmbeddedOptions;
import io.caisson.fdb.embedded.StoreOpenException;
import io.caisson.spi.CaissonProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens an embedded store or a cluster, both behind the same FoundationDB API. Thread-safe. */
public final class EngineProvider implements CaissonProvider {
  /** One log is enough for one disk; on a cluster it would be one hot server. */
  private static final int SHARDS_EMBEDDED = 1;

  private static final int SHARDS_ON_CLUSTER = 8;

  /** Made by {@link java.util.ServiceLoader}. */
  public EngineProvider() {}

  @Override
  public Caisson open(Path directory, CaissonOptions options) {
    SqlWarmUp sql = SqlWarmUp.begin(options.clock(), SHARDS_EMBEDDED);
    try {
      EmbeddedDatabase store = EmbeddedDatabase.open(directory, EmbeddedOptions.defaults());
      return new OpenStore(store, Optional.of(store::statistics), sql::await, options);
    } catch (StoreOpenException e) {
      throw translate(e);
    }
  }

  @Override
  public Caisson connect(Path clusterFile, CaissonOptions options) {
    if (!Files.isReadable(clusterFile)) {
      throw new CaissonException(
              SqlState.UNDEFINED_FILE, "cannot read the cluster file " + clusterFile)
          .withHint("it is usually /etc/foundationdb/fdb.cluster");
    }
    if (!ClientLibrary.isNativeClientPresent()) {
      throw new CaissonException(
              SqlState.CONNECTION_FAILURE,
              "FoundationDB's client library libfdb_c is not installed")
          .withHint(
              "install the foundationdb-clients package of version 7.3, or open a directory instead");
    }
    return new OpenStore(
        FDB.selectAPIVersion(ClientLibrary.API_VERSION).open(clusterFile.toString()),
        Optional.empty(),
        SqlWarmUp.begin(options.clock(), SHARDS_ON_CLUSTER)::await,
        options);
  }

  private static CaissonException translate(StoreOpenException e) {
    SqlState state =
        switch (e.reason()) {
          case LOCKED -> SqlState.DATABASE_LOCKED;
          case FOREIGN_DIRECTORY, NOT_A_DIRECTORY, FORMAT_VERSION -> SqlState.NOT_A_DATABASE;
          case DAMAGED -> SqlState.DATA_CORRUPTED;
          case DISK_FULL -> SqlState.DISK_FULL;
          case NO_PERMISSION, IO_ERROR -> SqlState.IO_ERROR;
        };
    var error = new CaissonException(state, String.valueOf(e.getMessage()), e);
    return switch (e.reason()) {
      case LOCKED -> error.withHint("stop that process, or choose another directory");
      case FOREIGN_DIRECTORY, NOT_A_DIRECTORY ->
          error.withHint("choose an empty directory or one that does not exist");
      default -> error;
    };
  }
}
