package io.caisson.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An append-only stream. Immutable.
 *
 * @param id its number
 * @param name its name
 * @param columns its columns
 * @param watermark its event time, or null where it has none
 * @param partitionBy positions of the columns whose hash chooses the shard; empty for round-robin
 * @param shards over how many logs its rows are spread, at least 1
 * @param options further options of WITH, by name
 * @param added what is remembered of the columns that were added later: the last ones
 * @param changelogOf the number of the table whose changes it keeps; empty where programs append
 */
public record StreamDefinition(
    long id,
    String name,
    List<ColumnDefinition> columns,
    @Nullable WatermarkDefinition watermark,
    List<Integer> partitionBy,
    int shards,
    Map<String, String> options,
    List<AddedColumn> added,
    OptionalLong changelogOf)
    implements CatalogObject {
  /** The option that says when a shard is idle. */
  public static final String IDLE_TIMEOUT = "idle_timeout";

  /** Copies the collections and checks the shards. */
  public StreamDefinition {
    columns = List.copyOf(columns);
    partitionBy = List.copyOf(partitionBy);
    options = Map.copyOf(options);
    added = List.copyOf(added);
    if (shards < 1) {
      throw new IllegalArgumentException("shards " + shards);
    }
    if (added.size() > columns.size()) {
      throw new IllegalArgumentException(added.size() + " added of " + columns.size() + " columns");
    }
  }

  /** A stream as it is created: no column was added yet, and programs append. */
  public StreamDefinition(
      long id,
      String name,
      List<ColumnDefinition> columns,
      @Nullable WatermarkDefinition watermark,
      List<Integer> partitionBy,
      int shards,
      Map<String, String> options) {
    this(
        id,
        name,
        columns,
        watermark,
        partitionBy,
        shards,
        options,
        List.of(),
        OptionalLong.empty());
  }

  /** The same definition with its number, which the catalog gives on creation. */
  public StreamDefinition withId(long newId) {
    return new StreamDefinition(
        newId, name, columns, watermark, partitionBy, shards, options, added, changelogOf);
  }

  /** The same stream under another name. */
  public StreamDefinition withName(String newName) {
    return new StreamDefinition(
        id, newName, columns, watermark, partitionBy, shards, options, added, changelogOf);
  }

  /** The same stream with other options, each a new value or null for none. */
  public StreamDefinition withOptions(Map<String, @Nullable String> changes) {
    var changed = new HashMap<>(options);
    changes.forEach(
        (option, value) -> {
          if (value == null) {
            changed.remove(option);
          } else {
            changed.put(option, value);
          }
        });
    return new StreamDefinition(
        id, name, columns, watermark, partitionBy, shards, changed, added, changelogOf);
  }

  /** The same stream with another column behind the last. */
  public StreamDefinition withColumn(ColumnDefinition column, AddedColumn addition) {
    var more = new ArrayList<>(columns);
    more.add(column);
    var additions = new ArrayList<>(added);
    additions.add(addition);
    return new StreamDefinition(
        id, name, more, watermark, partitionBy, shards, options, additions, changelogOf);
  }

  /** The same stream with another name for a column. */
  public StreamDefinition withColumnName(int position, String newName) {
    var renamed = new ArrayList<>(columns);
    renamed.set(position, columns.get(position).withName(newName));
    return new StreamDefinition(
        id, name, renamed, watermark, partitionBy, shards, options, added, changelogOf);
  }

  /** The stream as it was when an object came: without the columns that were added after it. */
  public StreamDefinition asKnownTo(long object) {
    int known = added.size();
    while (known > 0 && added.get(known - 1).since() >= object) {
      known--;
    }
    if (known == added.size()) {
      return this;
    }
    int width = columns.size() - added.size() + known;
    return new StreamDefinition(
        id,
        name,
        columns.subList(0, width),
        watermark,
        partitionBy,
        shards,
        options,
        added.subList(0, known),
        changelogOf);
  }

  /** The position of the column that says when a row was appended, if there is one. */
  public OptionalInt arrival() {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).value() instanceof ColumnValue.Arrival)
        .findFirst();
  }

  /** Whether its event time is when rows were appended, so that clocks tell how far it has come. */
  public boolean byClock() {
    OptionalInt arrival = arrival();
    return watermark != null && arrival.isPresent() && watermark.column() == arrival.getAsInt();
  }

  /** How long rows are kept. */
  public Retention retention() {
    return Retention.of(options);
  }

  /** After what time without rows a shard holds the watermark back no longer, if it ever does. */
  public OptionalLong idleMicros() {
    String idle = options.get(IDLE_TIMEOUT);
    return idle == null
        ? OptionalLong.empty()
        : OptionalLong.of(OptionTime.micros(IDLE_TIMEOUT, idle));
  }

  /** The same stream with a watermark that stays further behind, if it has one. */
  public StreamDefinition delayedBy(long micros) {
    WatermarkDefinition time = watermark;
    return time == null || micros == 0
        ? this
        : new StreamDefinition(
            id,
            name,
            columns,
            new WatermarkDefinition(time.column(), Math.addExact(time.delayMicros(), micros)),
            partitionBy,
            shards,
            options,
            added,
            changelogOf);
  }

  /**
   * What rows hold that were written before a column was added, in physical form; null for NULL.
   */
  public @Nullable Object valueBefore(int position) {
    int addition = position - (columns.size() - added.size());
    if (addition < 0) {
      throw new IllegalArgumentException("column " + position + " was there from the beginning");
    }
    return added.get(addition).value();
  }

  /** The position of the first column that was added later. */
  public int firstAdded() {
    return columns.size() - added.size();
  }

  @Override
  public List<Long> reads() {
    return changelogOf.stream().boxed().toList();
  }

  @Override
  public String kind() {
    return changelogOf.isPresent() ? "CHANGELOG" : "STREAM";
  }
}
