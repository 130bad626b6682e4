package io.caisson.model.stream;

import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.ByteArrayUtil;
import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import io.caisson.catalog.StreamDefinition;
import io.caisson.model.keyspace.DatabaseKeyspace;

/**
 * Keys of a stream's blocks: (stream, shard, incarnation, versionstamp). Immutable and thread-safe.
 */
final class LogKeys {
  private final Subspace log;
  private final long incarnation;

  LogKeys(DatabaseKeyspace keyspace) {
    this.log = keyspace.log();
    this.incarnation = keyspace.incarnation();
  }

  private Subspace shard(StreamDefinition stream, int shard) {
    return log.get(Tuple.from(stream.id(), shard, incarnation));
  }

  /** The key of a block to be, with the place that the store fills in at commit. */
  byte[] next(StreamDefinition stream, int shard, int userVersion) {
    return shard(stream, shard)
        .packWithVersionstamp(Tuple.from(Versionstamp.incomplete(userVersion)));
  }

  /** The key of a block. */
  byte[] at(StreamDefinition stream, int shard, LogPosition position) {
    return shard(stream, shard).pack(Tuple.from(position.toVersionstamp()));
  }

  /** The first possible key behind a position. */
  byte[] after(StreamDefinition stream, int shard, LogPosition position) {
    return position.version() < 0
        ? shard(stream, shard).range().begin
        : ByteArrayUtil.join(at(stream, shard, position), new byte[1]);
  }

  /** Behind all keys of a shard. */
  byte[] end(StreamDefinition stream, int shard) {
    return shard(stream, shard).range().end;
  }

  /** The position of a block. */
  LogPosition position(StreamDefinition stream, int shard, byte[] key) {
    return LogPosition.of(shard(stream, shard).unpack(key).getVersionstamp(0));
  }
}
