package io.caisson.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An append-only stream.
 *
 * @param id its number
 * @param name its name
 * @param columns its columns
 * @param watermark its event time, or null where it has none
 * @param partitionBy positions of the columns whose hash chooses the shard; empty for round-robin
 * @param shards over how many logs its rows are spread, at least 1
 * @param options further options of WITH, by name
 */
public record StreamDefinition(
    long id,
    String name,
    List<ColumnDefinition> columns,
    @Nullable WatermarkDefinition watermark,
    List<Integer> partitionBy,
    int shards,
    Map<String, String> options)
    implements CatalogObject {
  /** Copies the collections and checks the shards. */
  public StreamDefinition {
    columns = List.copyOf(columns);
    partitionBy = List.copyOf(partitionBy);
    options = Map.copyOf(options);
    if (shards < 1) {
      throw new IllegalArgumentException("shards " + shards);
    }
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public StreamDefinition withId(long newId) {
    return new StreamDefinition(newId, name, columns, watermark, partitionBy, shards, options);
  }

  @Override
  public String kind() {
    return "STREAM";
  }
}
