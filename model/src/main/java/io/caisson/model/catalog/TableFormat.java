package io.caisson.model.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of tables as JSON. Tables from before columns had numbers, which have no {@code
 * nextNumber}, get these by the columns' places. Stateless.
 *
 * <pre>
 * "columns": [{"name": "id", "type": …, "id": 0, "value": {"identity": "always"}, "missing": null}],
 * "primaryKey": [0], "nextNumber": 3,
 * "indexes": [{"id": 2, "name": "by_name", "unique": false, "constraint": false, "state": "READABLE",
 *              "keys": [{"column": 1, "descending": false, "nullsFirst": false}], "included": []}],
 * "checks": [{"name": "c", "condition": "id > 0", "columns": [0], "validated": true}],
 * "foreignKeys": [{"name": "f", "columns": [1], "table": 4, "referenced": [0],
 *                  "onDelete": "NO_ACTION", "onUpdate": "NO_ACTION", "validated": true}]
 * </pre>
 */
final class TableFormat {
  private TableFormat() {}

  static void write(TableDefinition table, ObjectNode json) {
    ArrayNode columns = json.putArray("columns");
    for (ColumnDefinition column : table.columns()) {
      writeColumn(column, columns.addObject());
    }
    writeNumbers(table.primaryKey(), json.putArray("primaryKey"));
    json.put("nextNumber", table.nextNumber());
    ArrayNode indexes = json.putArray("indexes");
    table.indexes().forEach(index -> writeIndex(index, indexes.addObject()));
    ArrayNode checks = json.putArray("checks");
    for (CheckDefinition check : table.checks()) {
      ObjectNode one =
          checks.addObject().put("name", check.name()).put("condition", check.condition());
      writeNumbers(check.columns(), one.putArray("columns"));
      one.put("validated", check.validated());
    }
    ArrayNode foreignKeys = json.putArray("foreignKeys");
    table.foreignKeys().forEach(key -> writeForeignKey(key, foreignKeys.addObject()));
  }

  private static void writeColumn(ColumnDefinition column, ObjectNode json) {
    json.put("name", column.name());
    DefinitionFormat.writeType(column.type(), json);
    json.put("id", column.id());
    ColumnValue value = column.value();
    if (value == null) {
      json.putNull("value");
    } else if (value instanceof ColumnValue.Default constant) {
      json.putObject("value").put("default", constant.expression());
    } else if (value instanceof ColumnValue.Generated generated) {
      json.putObject("value").put("generated", generated.expression());
    } else if (value instanceof ColumnValue.Identity identity) {
      json.putObject("value").put("identity", identity.always() ? "always" : "by default");
    } else {
      json.putObject("value").put("identity", "row");
    }
    Object missing = column.missing();
    if (missing instanceof Long number) {
      json.put("missing", number);
    } else if (missing instanceof Double number) {
      json.put("missing", Double.toString(number));
    } else if (missing instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      json.put("missing", Base64.getEncoder().encodeToString(copy));
    } else {
      json.putNull("missing");
    }
    if (column.since() != ColumnDefinition.WITH_TABLE) {
      json.put("since", column.since());
    }
  }

  private static void writeNumbers(List<Integer> numbers, ArrayNode json) {
    numbers.forEach(json::add);
  }

  static void writeIndex(IndexDefinition index, ObjectNode json) {
    json.put("id", index.id())
        .put("name", index.name())
        .put("unique", index.unique())
        .put("constraint", index.constraint())
        .put("state", index.state().name());
    ArrayNode keys = json.putArray("keys");
    for (IndexDefinition.IndexKey key : index.keys()) {
      ObjectNode one = keys.addObject();
      if (key instanceof IndexDefinition.ExpressionKey expression) {
        one.put("expression", expression.expression());
        DefinitionFormat.writeType(expression.type(), one);
      } else {
        one.put("column", key.column().getAsInt());
      }
      one.put("descending", key.descending()).put("nullsFirst", key.nullsFirst());
    }
    writeNumbers(index.included(), json.putArray("included"));
  }

  private static void writeForeignKey(ForeignKeyDefinition key, ObjectNode json) {
    json.put("name", key.name());
    writeNumbers(key.columns(), json.putArray("columns"));
    json.put("table", key.table());
    writeNumbers(key.referenced(), json.putArray("referenced"));
    json.put("onDelete", key.onDelete().name())
        .put("onUpdate", key.onUpdate().name())
        .put("validated", key.validated());
  }

  static TableDefinition read(long id, String name, StrictObject json) {
    List<ColumnDefinition> columns =
        json.objects("columns").stream().map(TableFormat::readColumn).toList();
    List<Integer> primaryKey = DefinitionFormat.readPositions(json, "primaryKey");
    if (!json.has("nextNumber")) {
      return new TableDefinition(id, name, columns, primaryKey);
    }
    int nextNumber = json.integer("nextNumber");
    var rules =
        new TableDefinition.Rules(
            json.objects("indexes").stream().map(TableFormat::readIndex).toList(),
            json.objects("checks").stream().map(TableFormat::readCheck).toList(),
            json.objects("foreignKeys").stream().map(TableFormat::readForeignKey).toList());
    return new TableDefinition(id, name, columns, primaryKey, nextNumber, rules);
  }

  private static ColumnDefinition readColumn(StrictObject json) {
    var plain = new ColumnDefinition(json.text("name"), DefinitionFormat.readType(json));
    if (!json.has("id")) {
      json.end();
      return plain;
    }
    int id = json.integer("id");
    StrictObject value = json.optionalObject("value");
    JsonNode missing = json.take("missing", JsonNode::isValueNode);
    long since = json.has("since") ? json.number("since") : ColumnDefinition.WITH_TABLE;
    json.end();
    return plain
        .withId(id)
        .withValue(value == null ? null : readValue(value))
        .withMissing(readMissing(missing, plain))
        .withSince(since);
  }

  private static ColumnValue readValue(StrictObject json) {
    ColumnValue value;
    if (json.has("default")) {
      value = new ColumnValue.Default(json.text("default"));
    } else if (json.has("generated")) {
      value = new ColumnValue.Generated(json.text("generated"));
    } else {
      String identity = json.text("identity");
      value =
          switch (identity) {
            case "always" -> new ColumnValue.Identity(true);
            case "by default" -> new ColumnValue.Identity(false);
            case "row" -> new ColumnValue.RowNumber();
            default -> throw new IllegalArgumentException("unknown identity " + identity);
          };
    }
    json.end();
    return value;
  }

  private static @Nullable Object readMissing(JsonNode json, ColumnDefinition column) {
    if (json.isNull()) {
      return null;
    }
    return switch (column.type().physical()) {
      case LONG -> (Object) json.longValue();
      case DOUBLE -> (Object) Double.parseDouble(json.asText());
      case BYTES -> ByteBuffer.wrap(Base64.getDecoder().decode(json.asText())).asReadOnlyBuffer();
    };
  }

  static IndexDefinition readIndex(StrictObject json) {
    int id = json.integer("id");
    String name = json.text("name");
    boolean unique = json.truth("unique");
    boolean constraint = json.truth("constraint");
    var state = IndexDefinition.State.valueOf(json.text("state"));
    var keys = new ArrayList<IndexDefinition.IndexKey>();
    json.objects("keys").forEach(key -> keys.add(readKey(key)));
    List<Integer> included = DefinitionFormat.readPositions(json, "included");
    json.end();
    return new IndexDefinition(id, name, unique, constraint, keys, included, state);
  }

  private static IndexDefinition.IndexKey readKey(StrictObject json) {
    boolean descending = json.truth("descending");
    boolean nullsFirst = json.truth("nullsFirst");
    IndexDefinition.IndexKey key =
        json.has("column")
            ? new IndexDefinition.ColumnKey(json.integer("column"), descending, nullsFirst)
            : new IndexDefinition.ExpressionKey(
                json.text("expression"), DefinitionFormat.readType(json), descending, nullsFirst);
    json.end();
    return key;
  }

  private static CheckDefinition readCheck(StrictObject json) {
    var check =
        new CheckDefinition(
            json.text("name"),
            json.text("condition"),
            DefinitionFormat.readPositions(json, "columns"),
            json.truth("validated"));
    json.end();
    return check;
  }

  private static ForeignKeyDefinition readForeignKey(StrictObject json) {
    var key =
        new ForeignKeyDefinition(
            json.text("name"),
            DefinitionFormat.readPositions(json, "columns"),
            json.number("table"),
            DefinitionFormat.readPositions(json, "referenced"),
            ForeignKeyDefinition.Action.valueOf(json.text("onDelete")),
            ForeignKeyDefinition.Action.valueOf(json.text("onUpdate")),
            json.truth("validated"));
    json.end();
    return key;
  }
}
