package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.RecordTableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.column.Columns;
import io.caisson.column.ColumnsBuilder;
import io.caisson.error.CaissonException;
import io.caisson.sql.run.ColumnCondition;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.run.ScanRequest;
import io.caisson.sql.run.ScanSource;
import io.caisson.sql.write.WritePlan;
import io.caisson.time.Clock;
import io.caisson.time.Timestamps;
import io.caisson.type.SqlType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A catalog that CREATE fills and rows that INSERT gives, so that tests are SQL. For one test. */
final class SqlFixture implements ScanSource {
  static final String SCHEMA =
      """
      CREATE STREAM clicks (user_id BIGINT, type TEXT, price DOUBLE PRECISION, n INT, ok BOOLEAN, ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '5 seconds') PARTITION BY (user_id);
      CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT NOT NULL, born DATE);
      CREATE MATERIALIZED VIEW per_type AS SELECT type, count(*) AS n FROM clicks GROUP BY type;
      """;

  private final SqlFrontEnd sql = new SqlFrontEnd(Clock.system());
  private final Map<String, List<@Nullable Object[]>> rows = new HashMap<>();
  private final List<String> scans = new ArrayList<>();
  private Catalog catalog = Catalog.of(1, List.of(new RecordTableDefinition(99, "records")));

  SqlFixture(String... texts) {
    run(SCHEMA);
    Arrays.stream(texts).forEach(this::run);
  }

  Catalog catalog() {
    return catalog;
  }

  /** What was asked of the source since the last call. */
  List<String> scans() {
    List<String> seen = List.copyOf(scans);
    scans.clear();
    return seen;
  }

  Statement prepare(String text) {
    return sql.prepare(sql.parse(text).get(0), catalog);
  }

  /** Runs statements: CREATE and INSERT take effect. */
  void run(String text) {
    for (ParsedStatement parsed : sql.parse(text)) {
      Statement statement = sql.prepare(parsed, catalog);
      long id = catalog.version();
      if (statement instanceof Statement.CreateStream create) {
        add(create.definition().withId(id));
      } else if (statement instanceof Statement.CreateTable create) {
        add(create.definition().withId(id));
      } else if (statement instanceof Statement.CreateView v) {
        add(
            new ViewDefinition(
                id, v.name(), v.columns(), v.lateColumns(), v.query(), List.of(), v.settings()));
      } else if (statement instanceof Statement.Write write) {
        insert((WritePlan.Insert) write.plan());
      }
    }
  }

  private void add(CatalogObject object) {
    var objects = new ArrayList<>(catalog.objects().values());
    objects.add(object);
    catalog = Catalog.of(catalog.version() + 1, objects);
  }

  private void insert(WritePlan.Insert insert) {
    try (var source = insert.source().run(this)) {
      while (source.hasNext()) {
        @Nullable Object[] given = source.next();
        @Nullable Object[] row = new Object[insert.target().columns().size()];
        for (int i = 0; i < given.length; i++) {
          row[insert.columns()[i]] = given[i];
        }
        rows.computeIfAbsent(insert.target().name(), name -> new ArrayList<>()).add(row);
      }
    }
  }

  /** A query's rows, a line each, values between bars. */
  List<String> query(String text) {
    var lines = new ArrayList<String>();
    try (var result = prepared(text).run(this)) {
      while (result.hasNext()) {
        lines.add(
            Arrays.stream(result.next()).map(String::valueOf).collect(Collectors.joining("|")));
      }
    }
    return lines;
  }

  PreparedQuery prepared(String text) {
    return ((Statement.Query) prepare(text)).query();
  }

  /** The error of a text, as {@code 42601 1:8 message / hint}. */
  String error(String text) {
    try {
      for (ParsedStatement parsed : sql.parse(text)) {
        Statement statement = sql.prepare(parsed, catalog);
        if (statement instanceof Statement.Query query) {
          try (var result = query.query().run(this)) {
            while (result.hasNext()) {
              result.next();
            }
          }
        }
      }
      return "no error";
    } catch (CaissonException error) {
      String place =
          error.position() == null
              ? "-"
              : error.position().line() + ":" + error.position().column();
      String hint = error.hint() == null ? "" : " / " + error.hint();
      return error.state().code() + " " + place + " " + error.getMessage() + hint;
    }
  }

  @Override
  public Iterator<Columns> scan(CatalogObject object, ScanRequest request) {
    String conditions =
        request.conditions().stream()
            .map(c -> " " + c.column() + c.comparison().sql() + valueText(c))
            .collect(Collectors.joining());
    scans.add(object.name() + Arrays.toString(request.columns()) + conditions);
    List<SqlType> types =
        Arrays.stream(request.columns()).mapToObj(i -> object.columns().get(i).type()).toList();
    var pieces = new ArrayList<Columns>();
    for (@Nullable Object[] row : rows.getOrDefault(object.name(), List.of())) {
      if (types.isEmpty()) {
        pieces.add(new Columns(List.of(), 1));
        continue;
      }
      var builder = new ColumnsBuilder(types);
      for (int i = 0; i < types.size(); i++) {
        addValue(builder, i, row[request.columns()[i]]);
      }
      pieces.add(builder.build());
    }
    return pieces.iterator();
  }

  private static String valueText(ColumnCondition condition) {
    return condition.values().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static void addValue(ColumnsBuilder builder, int column, @Nullable Object value) {
    var target = builder.column(column);
    if (value == null) {
      target.addNull();
    } else if (value instanceof String text) {
      target.addText(text);
    } else if (value instanceof Double || value instanceof Float) {
      target.addDouble(((Number) value).doubleValue());
    } else if (value instanceof Boolean flag) {
      target.addLong(flag ? 1 : 0);
    } else if (value instanceof LocalDateTime time) {
      target.addLong(Timestamps.toMicros(time));
    } else if (value instanceof LocalDate date) {
      target.addLong(date.toEpochDay());
    } else {
      target.addLong(((Number) value).longValue());
    }
  }
}
