package io.caisson.engine.session;

import io.caisson.catalog.BucketDefinition;
import io.caisson.catalog.Catalog;
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
import io.caisson.catalog.ViewSettings;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Definitions as the statements that would create them. */
final class DefinitionText {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final long MICROS_PER_SECOND = 1_000_000;

  private DefinitionText() {}

  /** The CREATE statement of an object. */
  static String of(CatalogObject object, Catalog catalog) {
    if (object instanceof StreamDefinition stream) {
      return stream.changelogOf().isPresent() ? changelog(stream, catalog) : stream(stream);
    }
    if (object instanceof TableDefinition table) {
      return TableText.of(table, id -> (TableDefinition) catalog.find(id).orElseThrow());
    }
    if (object instanceof RecordTableDefinition records) {
      return "CREATE RECORD TABLE " + quoted(records.name());
    }
    if (object instanceof CollectionDefinition collection) {
      return "CREATE COLLECTION "
          + quoted(collection.name())
          + TableText.indexes(collection.asTable());
    }
    if (object instanceof BucketDefinition bucket) {
      return bucket(bucket);
    }
    if (object instanceof ViewDefinition view) {
      return "CREATE MATERIALIZED VIEW "
          + quoted(view.name())
          + options(view.settings())
          + " AS\n"
          + view.query()
          + TableText.indexes(view.asTable());
    }
    if (object instanceof PlainViewDefinition view) {
      List<String> names = view.columns().stream().map(c -> quoted(c.name())).toList();
      return "CREATE VIEW "
          + quoted(view.name())
          + " ("
          + String.join(", ", names)
          + ") AS\n"
          + view.query();
    }
    if (object instanceof SubscriptionDefinition subscription) {
      return subscription(subscription, catalog);
    }
    throw new CaissonException(
        SqlState.WRONG_OBJECT_TYPE,
        "\"" + object.name() + "\" is a " + object.kind() + " and has no CREATE statement");
  }

  private static String stream(StreamDefinition stream) {
    List<String> elements = columns(stream.columns());
    var watermark = stream.watermark();
    if (watermark != null) {
      String time = quoted(stream.columns().get(watermark.column()).name());
      String delay =
          watermark.delayMicros() == 0
              ? ""
              : " - INTERVAL '" + seconds(watermark.delayMicros()) + "' SECOND";
      elements.add("WATERMARK FOR " + time + " AS " + time + delay);
    }
    var text = new StringBuilder("CREATE STREAM " + quoted(stream.name()) + " " + list(elements));
    if (!stream.partitionBy().isEmpty()) {
      text.append("\n  PARTITION BY ").append(names(stream.columns(), stream.partitionBy()));
    }
    String options = options(stream);
    return options.isEmpty() ? text.toString() : text + "\n  " + options;
  }

  private static String options(ViewSettings settings) {
    var options = new ArrayList<String>();
    if (settings.allowedLatenessMicros() > 0) {
      options.add("allowed_lateness = '" + seconds(settings.allowedLatenessMicros()) + " seconds'");
    }
    if (settings.backfillRowsPerSecond() > 0) {
      options.add("backfill_rows_per_second = " + settings.backfillRowsPerSecond());
    }
    if (settings.skipsErrors()) {
      options.add("on_error = 'skip'");
    }
    return options.isEmpty() ? "" : " WITH (" + String.join(", ", options) + ")";
  }

  private static String options(StreamDefinition stream) {
    var options = new ArrayList<String>();
    if (stream.shards() > 1) {
      options.add("shards = " + stream.shards());
    }
    new TreeMap<>(stream.options())
        .forEach(
            (name, value) -> options.add(quoted(name) + " = '" + value.replace("'", "''") + "'"));
    return options.isEmpty() ? "" : "WITH (" + String.join(", ", options) + ")";
  }

  private static String changelog(StreamDefinition stream, Catalog catalog) {
    long table = stream.changelogOf().orElseThrow();
    String name =
        catalog.objects().values().stream()
            .filter(object -> object.id() == table)
            .map(CatalogObject::name)
            .findFirst()
            .orElseThrow();
    return ("CREATE CHANGELOG "
            + quoted(stream.name())
            + " FROM "
            + quoted(name)
            + " "
            + options(stream))
        .strip();
  }

  private static String subscription(SubscriptionDefinition subscription, Catalog catalog) {
    return "CREATE SUBSCRIPTION "
        + quoted(subscription.name())
        + " FROM "
        + quoted(catalog.followedBy(subscription).name())
        + " WITH ("
        + (subscription.snapshot() ? "snapshot, " : "")
        + "retention = '"
        + seconds(subscription.ageMicros())
        + " seconds', retention_bytes = '"
        + subscription.bytes()
        + "')";
  }

  private static String bucket(BucketDefinition bucket) {
    var options = new ArrayList<String>();
    if (bucket.keys() != TypeKind.TEXT) {
      options.add("key = '" + bucket.keys().sql().toLowerCase(Locale.ROOT) + "'");
    }
    if (bucket.values() != TypeKind.TEXT) {
      options.add("value = '" + bucket.values().sql().toLowerCase(Locale.ROOT) + "'");
    }
    if (bucket.ttlMicros() > 0) {
      options.add("ttl = '" + seconds(bucket.ttlMicros()) + " seconds'");
    }
    return "CREATE BUCKET "
        + quoted(bucket.name())
        + (options.isEmpty() ? "" : " WITH (" + String.join(", ", options) + ")");
  }

  private static String seconds(long micros) {
    return java.math.BigDecimal.valueOf(micros)
        .divide(java.math.BigDecimal.valueOf(MICROS_PER_SECOND))
        .toPlainString();
  }

  private static List<String> columns(List<ColumnDefinition> columns) {
    var elements = new ArrayList<String>();
    for (ColumnDefinition column : columns) {
      String type =
          column.value() instanceof ColumnValue.Arrival
              ? "AS PROCTIME()"
              : column.type().sql() + (column.type().nullable() ? "" : " NOT NULL");
      elements.add(quoted(column.name()) + " " + type);
    }
    return elements;
  }

  static String list(List<String> elements) {
    return "(\n  " + String.join(",\n  ", elements) + "\n)";
  }

  static String names(List<ColumnDefinition> columns, List<Integer> positions) {
    return "("
        + String.join(", ", positions.stream().map(p -> quoted(columns.get(p).name())).toList())
        + ")";
  }

  /** A name as SQL reads it back. */
  static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
