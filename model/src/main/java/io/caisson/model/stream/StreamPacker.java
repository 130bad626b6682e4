package io.caisson.model.stream;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Column;
import io.caisson.column.ColumnBuilder;
import io.caisson.column.Columns;
import io.caisson.model.codec.BlockEncoder;
import io.caisson.model.keyspace.DatabaseKeyspace;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Packs runs of small blocks of a stream into full ones. Every row keeps its position, so that
 * cursors, frontiers and the order of rows stay as they are; nobody has to wait for anybody.
 * Thread-safe.
 *
 * <pre>
 * before   ■v1 ■v2 ■v3 ████v4 ■v5 ■v6 ■v7 ■v8 …         ■ small   █ large
 * after            ▣v3 ████v4             ▣v8 …         ▣ a pack, under the key of its last append
 * </pre>
 *
 * The last few seconds are left alone: a reader at a current version need not look behind it for a
 * pack that begins before ({@link LogReader}).
 */
public final class StreamPacker {
  /** So many versions before the newest one, about ten seconds, nothing is packed. */
  static final long UNPACKED_VERSIONS = 10_000_000L;

  /** Blocks below this are small. */
  private static final int SMALL = BlockCutter.FULL_BLOCK / 2;

  /** So many small blocks are worth being packed. */
  private static final int SHORTEST_RUN = 8;

  /** About how many bytes of blocks a page reads at most. */
  private static final int PAGE_BYTES = 512 << 10;

  private final LogKeys keys;
  private final RawBlocks blocks;
  private final BoundsStore bounds;
  private final StatisticsStore statistics;
  private final long unpackedVersions;

  /** Packs the streams of a database. */
  public StreamPacker(DatabaseKeyspace keyspace) {
    this(keyspace, UNPACKED_VERSIONS);
  }

  /** A packer that leaves alone that many versions. */
  StreamPacker(DatabaseKeyspace keyspace, long unpackedVersions) {
    this.keys = new LogKeys(keyspace);
    this.blocks = new RawBlocks(keys);
    this.bounds = new BoundsStore(keyspace);
    this.statistics = new StatisticsStore(keyspace);
    this.unpackedVersions = unpackedVersions;
  }

  /**
   * Whether a page of a shard would change anything. Streams whose blocks are large on average are
   * not even looked at.
   */
  public boolean due(ReadTransaction transaction, StreamDefinition stream, int shard) {
    Counts counts = statistics.read(transaction, stream.id());
    return counts.bytes() < counts.entries() * SMALL
        && plan(transaction, stream, shard).isPresent();
  }

  /**
   * Packs a page of a shard.
   *
   * @return whether anything was done, and so there may be more to do
   */
  public boolean pack(Transaction transaction, StreamDefinition stream, int shard) {
    Optional<Page> page = plan(transaction, stream, shard);
    page.ifPresent(
        work -> {
          LogPosition done =
              work.run().isEmpty()
                  ? work.done()
                  : write(transaction, stream, shard, work.run(), work.done());
          bounds.setPacked(transaction, stream, shard, done);
        });
    return page.isPresent();
  }

  /**
   * What is to be done with the first blocks of a shard that were not looked at yet.
   *
   * @param run blocks to be packed; maybe none
   * @param done up to where, packing apart, nothing is left to do
   */
  private record Page(List<RawBlocks.Entry> run, LogPosition done) {}

  private Optional<Page> plan(ReadTransaction transaction, StreamDefinition stream, int shard) {
    BoundsStore.Bounds known = bounds.read(transaction, stream).join();
    LogPosition removed = known.removed()[shard];
    LogPosition packed = known.packed()[shard];
    LogPosition after = removed.compareTo(packed) > 0 ? removed : packed;
    long through = transaction.getReadVersion().join() - unpackedVersions;
    List<RawBlocks.Entry> page =
        blocks.read(transaction, stream, shard, after, through, PAGE_BYTES);
    int begin = 0;
    while (begin < page.size() && !small(page.get(begin))) {
      begin++;
    }
    int end = begin;
    while (end < page.size() && small(page.get(end))) {
      end++;
    }
    LogPosition done = begin == 0 ? after : page.get(begin - 1).position();
    if (worthPacking(page, begin, end)) {
      return Optional.of(new Page(page.subList(begin, end), done));
    }
    boolean closed = end < page.size() || bytes(page, 0, page.size()) >= PAGE_BYTES;
    if (closed && end > begin) {
      done = page.get(end - 1).position();
    }
    return done.compareTo(after) > 0 ? Optional.of(new Page(List.of(), done)) : Optional.empty();
  }

  private static boolean small(RawBlocks.Entry entry) {
    return entry.block().byteSize() < SMALL;
  }

  private static long bytes(List<RawBlocks.Entry> page, int from, int to) {
    return page.subList(from, to).stream().mapToLong(entry -> entry.block().byteSize()).sum();
  }

  /** A run is packed when it is long, and not mostly its first block, which would be so again. */
  private static boolean worthPacking(List<RawBlocks.Entry> page, int begin, int end) {
    return end - begin >= SHORTEST_RUN
        && bytes(page, begin + 1, end) >= page.get(begin).block().byteSize();
  }

  /** Replaces a run by packs; says up to where nothing will be packed again. */
  private LogPosition write(
      Transaction transaction,
      StreamDefinition stream,
      int shard,
      List<RawBlocks.Entry> run,
      LogPosition before) {
    var appends = Appends.of(stream, run);
    var packs = new ArrayList<Pack>();
    var encoder = new BlockEncoder();
    for (int from = 0; from < appends.size(); ) {
      Pack pack = appends.fullPack(from, encoder);
      packs.add(pack);
      from = pack.to();
    }
    LogPosition first = run.get(0).position();
    LogPosition last = run.get(run.size() - 1).position();
    transaction.clear(keys.at(stream, shard, first), keys.after(stream, shard, last));
    long bytes = 0;
    LogPosition done = before;
    for (Pack pack : packs) {
      LogPosition position = appends.positions.get(pack.to() - 1);
      transaction.set(keys.at(stream, shard, position), pack.bytes());
      bytes += pack.bytes().length;
      done = pack.bytes().length >= SMALL ? position : done;
    }
    statistics.add(
        transaction,
        stream.id(),
        shard,
        new Counts(0, bytes - bytes(run, 0, run.size()), (long) packs.size() - run.size()));
    return done;
  }

  /**
   * A pack to be written.
   *
   * @param to behind its last append
   * @param bytes what to store
   */
  private record Pack(int to, byte[] bytes) {}

  /** The appends of a run. */
  private record Appends(List<LogPosition> positions, List<Integer> counts, Columns rows) {
    static Appends of(StreamDefinition stream, List<RawBlocks.Entry> run) {
      var positions = new ArrayList<LogPosition>();
      var counts = new ArrayList<Integer>();
      // Columns that came later than all of its rows take no room in a pack either.
      int width = run.stream().mapToInt(entry -> entry.block().storedColumns()).max().orElse(0);
      List<ColumnBuilder> builders =
          stream.columns().subList(0, width).stream()
              .map(ColumnDefinition::type)
              .map(type -> new ColumnBuilder(type.physical()))
              .toList();
      for (RawBlocks.Entry entry : run) {
        StoredBlock block = entry.block();
        for (int i = 0; i < block.appends(); i++) {
          positions.add(block.position(i));
          counts.add(block.start(i + 1) - block.start(i));
        }
        for (int column = 0; column < width; column++) {
          Column values = block.column(column);
          for (int row = 0; row < values.size(); row++) {
            builders.get(column).addFrom(values, row);
          }
        }
      }
      List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
      int size = counts.stream().mapToInt(Integer::intValue).sum();
      return new Appends(positions, counts, new Columns(columns, size));
    }

    int size() {
      return positions.size();
    }

    /** As many appends from one on as make a full block, at least one. */
    Pack fullPack(int from, BlockEncoder encoder) {
      int count = size() - from;
      byte[] bytes = encode(from, from + count, encoder);
      while (bytes.length > BlockCutter.FULL_BLOCK && count > 1) {
        count = Math.max(1, (int) ((long) count * BlockCutter.FULL_BLOCK / bytes.length * 9 / 10));
        bytes = encode(from, from + count, encoder);
      }
      return new Pack(from + count, bytes);
    }

    private byte[] encode(int from, int to, BlockEncoder encoder) {
      int begin = counts.subList(0, from).stream().mapToInt(Integer::intValue).sum();
      int length = counts.subList(from, to).stream().mapToInt(Integer::intValue).sum();
      int[] chosen = java.util.stream.IntStream.range(begin, begin + length).toArray();
      return StoredBlock.pack(
          positions.subList(from, to),
          counts.subList(from, to),
          rows.gather(chosen, length),
          encoder);
    }
  }
}
