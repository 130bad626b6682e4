package io.caisson.model.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.catalog.AddedColumn;
import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.catalog.ViewPart;
import io.caisson.catalog.ViewSettings;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Definitions as JSON. Written by hand, member by member, so that what is stored changes only when
 * someone means it to; what is read must match to the letter. Stateless.
 *
 * <pre>
 * {"format": 1, "kind": "STREAM", "id": 7, "name": "clicks",
 *  "columns": [{"name": "ts", "type": "TIMESTAMP", "precision": 3, "scale": 0, "nullable": true}],
 *  "watermark": {"column": 0, "delayMicros": 5000000}, "partitionBy": [], "shards": 1,
 *  "options": {}, "added": [{"since": 9, "value": {"long": 0}}], "changelogOf": null}
 * </pre>
 */
final class DefinitionFormat {
  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DefinitionFormat() {}

  static byte[] write(CatalogObject object) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("kind", object.kind());
    json.put("id", object.id());
    json.put("name", object.name());
    if (object instanceof StreamDefinition stream) {
      writeStream(stream, json);
    } else if (object instanceof TableDefinition table) {
      TableFormat.write(table, json);
    } else if (object instanceof ViewDefinition view) {
      writeColumns(view.columns(), json.putArray("columns"));
      writeColumns(view.lateColumns(), json.putArray("lateColumns"));
      json.put("query", view.query());
      ArrayNode inputs = json.putArray("inputs");
      view.inputs().forEach(inputs::add);
      writeSettings(view.settings(), json);
      if (!view.indexes().isEmpty()) {
        ArrayNode indexes = json.putArray("indexes");
        view.indexes().forEach(index -> TableFormat.writeIndex(index, indexes.addObject()));
      }
    } else if (object instanceof CollectionDefinition collection) {
      CollectionFormat.write(collection, json);
    } else if (object instanceof BucketDefinition bucket) {
      json.put("keys", bucket.keys().name());
      json.put("values", bucket.values().name());
      json.put("ttlMicros", bucket.ttlMicros());
    } else if (object instanceof PlainViewDefinition view) {
      writeColumns(view.columns(), json.putArray("columns"));
      json.put("query", view.query());
      ArrayNode inputs = json.putArray("inputs");
      view.inputs().forEach(inputs::add);
    } else if (object instanceof SubscriptionDefinition subscription) {
      SubscriptionFormat.write(subscription, json);
    } else if (object instanceof ViewPart part) {
      throw new IllegalArgumentException(part.name() + " is not stored: it belongs to its view");
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void writeStream(StreamDefinition stream, ObjectNode json) {
    writeColumns(stream.columns(), json.putArray("columns"));
    WatermarkDefinition watermark = stream.watermark();
    if (watermark == null) {
      json.putNull("watermark");
    } else {
      json.putObject("watermark")
          .put("column", watermark.column())
          .put("delayMicros", watermark.delayMicros());
    }
    ArrayNode partitionBy = json.putArray("partitionBy");
    stream.partitionBy().forEach(partitionBy::add);
    json.put("shards", stream.shards());
    ObjectNode options = json.putObject("options");
    new TreeMap<>(stream.options()).forEach(options::put);
    ArrayNode added = json.putArray("added");
    for (AddedColumn column : stream.added()) {
      writeConstant(column.value(), added.addObject().put("since", column.since()));
    }
    if (stream.changelogOf().isPresent()) {
      json.put("changelogOf", stream.changelogOf().getAsLong());
    } else {
      json.putNull("changelogOf");
    }
  }

  private static void writeConstant(@Nullable Object value, ObjectNode json) {
    if (value == null) {
      json.putNull("value");
    } else if (value instanceof Long number) {
      json.putObject("value").put("long", number);
    } else if (value instanceof Double number) {
      // By its bits: JSON has no NaN, and no -0.0 that every parser keeps.
      json.putObject("value").put("double", Double.doubleToRawLongBits(number));
    } else if (value instanceof String text) {
      json.putObject("value").put("text", text);
    } else {
      json.putObject("value").put("bytes", (byte[]) value);
    }
  }

  private static void writeColumns(List<ColumnDefinition> columns, ArrayNode json) {
    for (ColumnDefinition column : columns) {
      ObjectNode written = json.addObject().put("name", column.name());
      writeType(column.type(), written);
      if (column.value() instanceof ColumnValue.Arrival) {
        written.put("arrival", true);
      }
    }
  }

  /** Writes a type among the members of what has it. */
  static void writeType(SqlType type, ObjectNode json) {
    SqlType written = type.element() == null ? type : type.elements();
    json.put("type", written.kind().name())
        .put("precision", written.precision())
        .put("scale", written.scale())
        .put("nullable", type.nullable());
    if (type.element() != null) {
      json.put("array", true);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static CatalogObject read(byte[] bytes) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
    }
    var json = new StrictObject(tree);
    int format = json.integer("format");
    if (format != FORMAT) {
      throw new IllegalArgumentException("format " + format + " where " + FORMAT + " is known");
    }
    String kind = json.text("kind");
    long id = json.number("id");
    String name = json.text("name");
    CatalogObject object =
        switch (kind) {
          case "STREAM", "CHANGELOG" -> readStream(id, name, json);
          case "TABLE" -> TableFormat.read(id, name, json);
          case "RECORD TABLE" -> new RecordTableDefinition(id, name);
          case "COLLECTION" -> CollectionFormat.read(id, name, json);
          case "SUBSCRIPTION" -> SubscriptionFormat.read(id, name, json);
          case "BUCKET" -> readBucket(id, name, json);
          case "MATERIALIZED VIEW" -> readView(id, name, json);
          case "VIEW" ->
              new PlainViewDefinition(
                  id,
                  name,
                  readColumns(json, "columns"),
                  json.text("query"),
                  json.numbers("inputs"));
          default -> throw new IllegalArgumentException("unknown kind " + kind);
        };
    json.end();
    return object;
  }

  private static StreamDefinition readStream(long id, String name, StrictObject json) {
    return new StreamDefinition(
        id,
        name,
        readColumns(json, "columns"),
        readWatermark(json.optionalObject("watermark")),
        readPositions(json, "partitionBy"),
        json.integer("shards"),
        readOptions(json),
        json.objects("added").stream().map(DefinitionFormat::readAdded).toList(),
        readNumber(json.take("changelogOf", n -> n.canConvertToLong() || n.isNull())));
  }

  private static OptionalLong readNumber(JsonNode node) {
    return node.isNull() ? OptionalLong.empty() : OptionalLong.of(node.longValue());
  }

  private static AddedColumn readAdded(StrictObject json) {
    long since = json.number("since");
    StrictObject value = json.optionalObject("value");
    json.end();
    return new AddedColumn(since, value == null ? null : readConstant(value));
  }

  private static Object readConstant(StrictObject json) {
    Map.Entry<String, JsonNode> only = json.only();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "long" -> value.longValue();
      case "double" -> Double.longBitsToDouble(value.longValue());
      case "text" -> value.textValue();
      case "bytes" -> bytes(value);
      default -> throw new IllegalArgumentException("unknown constant " + only.getKey());
    };
  }

  private static byte[] bytes(JsonNode value) {
    try {
      return value.binaryValue();
    } catch (IOException e) {
      throw new IllegalArgumentException("no bytes: " + e.getMessage(), e);
    }
  }

  private static @Nullable WatermarkDefinition readWatermark(@Nullable StrictObject json) {
    if (json == null) {
      return null;
    }
    var watermark = new WatermarkDefinition(json.integer("column"), json.number("delayMicros"));
    json.end();
    return watermark;
  }

  private static Map<String, String> readOptions(StrictObject json) {
    var options = new TreeMap<String, String>();
    JsonNode node = json.take("options", JsonNode::isObject);
    for (Map.Entry<String, JsonNode> option : node.properties()) {
      if (!option.getValue().isTextual()) {
        throw new IllegalArgumentException("option " + option.getKey() + " is no text");
      }
      options.put(option.getKey(), option.getValue().textValue());
    }
    return options;
  }

  /** Nothing where nothing was said, as before there were settings. */
  private static void writeSettings(ViewSettings settings, ObjectNode json) {
    if (!settings.equals(ViewSettings.DEFAULT)) {
      json.putObject("settings")
          .put("skipsErrors", settings.skipsErrors())
          .put("backfillRowsPerSecond", settings.backfillRowsPerSecond())
          .put("allowedLatenessMicros", settings.allowedLatenessMicros())
          .put("paused", settings.paused())
          .put("replaces", settings.replaces());
    }
  }

  private static ViewSettings readSettings(StrictObject json) {
    StrictObject given = json.has("settings") ? json.optionalObject("settings") : null;
    if (given == null) {
      return ViewSettings.DEFAULT;
    }
    var settings =
        new ViewSettings(
            given.truth("skipsErrors"),
            given.number("backfillRowsPerSecond"),
            given.has("allowedLatenessMicros") ? given.number("allowedLatenessMicros") : 0,
            given.truth("paused"),
            given.number("replaces"));
    given.end();
    return settings;
  }

  private static ViewDefinition readView(long id, String name, StrictObject json) {
    return new ViewDefinition(
        id,
        name,
        readColumns(json, "columns"),
        readColumns(json, "lateColumns"),
        json.text("query"),
        json.numbers("inputs"),
        readSettings(json),
        json.has("indexes")
            ? json.objects("indexes").stream().map(TableFormat::readIndex).toList()
            : List.of());
  }

  private static BucketDefinition readBucket(long id, String name, StrictObject json) {
    return new BucketDefinition(
        id,
        name,
        TypeKind.valueOf(json.text("keys")),
        TypeKind.valueOf(json.text("values")),
        json.number("ttlMicros"));
  }

  static List<Integer> readPositions(StrictObject json, String member) {
    return json.numbers(member).stream().map(Math::toIntExact).toList();
  }

  private static List<ColumnDefinition> readColumns(StrictObject json, String member) {
    return json.objects(member).stream().map(DefinitionFormat::readColumn).toList();
  }

  private static ColumnDefinition readColumn(StrictObject json) {
    var column = new ColumnDefinition(json.text("name"), readType(json));
    boolean arrival = json.has("arrival") && json.truth("arrival");
    json.end();
    return arrival ? column.withValue(new ColumnValue.Arrival()) : column;
  }

  /** Reads what {@link #writeType} wrote. */
  static SqlType readType(StrictObject json) {
    var type =
        new SqlType(
            TypeKind.valueOf(json.text("type")),
            json.integer("precision"),
            json.integer("scale"),
            json.truth("nullable"));
    return json.has("array") && json.truth("array")
        ? SqlType.arrayOf(type).withNullable(type.nullable())
        : type;
  }
}
