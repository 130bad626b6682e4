package io.caisson.sql.define;

import io.caisson.catalog.Changelogs;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.ColumnSyntax;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.syntax.TableElements;
import io.caisson.sql.syntax.WatermarkSyntax;
import io.caisson.sql.validate.ColumnTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/** Makes definitions of CREATE STREAM. For one statement. */
public final class Definitions {
  private static final long MICROS_PER_MILLI = 1_000L;

  /** A transaction that takes longer fails: rows of one clock are not further out of order. */
  private static final long LONGEST_APPEND_MICROS = 5_000_000L;

  private final SqlErrors errors;

  /** Definitions of a statement whose errors the given maker makes. */
  public Definitions(SqlErrors errors) {
    this.errors = errors;
  }

  /**
   * The stream of a CREATE STREAM, its number still 0.
   *
   * @param create the statement
   * @param defaultShards how many shards it has where it does not say
   */
  public StreamDefinition stream(StatementSyntax.CreateStream create, int defaultShards) {
    TableElements elements = create.elements();
    if (!elements.primaryKeys().isEmpty()
        || elements.columns().stream().anyMatch(ColumnSyntax::primaryKey)) {
      throw errors
          .at(
              SqlState.INVALID_DEFINITION,
              "a stream has no primary key",
              create.name().getParserPosition())
          .withHint("Use CREATE TABLE for rows that have a key.");
    }
    if (!elements.constraints().isEmpty()
        || elements.columns().stream()
            .anyMatch(column -> column.values() > (column.arrival() ? 1 : 0))) {
      throw errors
          .at(
              SqlState.INVALID_DEFINITION,
              "a stream has no defaults and no constraints but NOT NULL",
              create.name().getParserPosition())
          .withHint("Use CREATE TABLE for rows that are checked, or a view that filters.");
    }
    List<ColumnDefinition> columns = columns(elements, List.of());
    var known = new StreamOptions(errors);
    Map<String, String> options = known.read(create.options());
    int shards = known.shards(options.remove(StreamOptions.SHARDS), defaultShards);
    WatermarkDefinition watermark = watermark(elements, columns);
    checkArrivals(elements);
    if (watermark == null && options.containsKey(StreamDefinition.IDLE_TIMEOUT)) {
      throw errors
          .at(
              SqlState.INVALID_PARAMETER,
              "parameter \"idle_timeout\" is of a watermark, which the stream does not have",
              create.name().getParserPosition())
          .withHint("Write WATERMARK FOR behind the columns.");
    }
    return new StreamDefinition(
        0,
        create.name().getSimple(),
        columns,
        watermark,
        positions(create.partitionBy(), columns),
        shards,
        options);
  }

  /** The stream of a CREATE CHANGELOG, its number still 0: op, then each column's old and new. */
  public StreamDefinition changelog(StatementSyntax.CreateChangelog create, TableDefinition table) {
    var known = new StreamOptions(errors);
    Map<String, String> options = known.read(create.options());
    int shards = known.shards(options.remove(StreamOptions.SHARDS), 1);
    return new StreamDefinition(
        0,
        create.name().getSimple(),
        Changelogs.columns(table),
        null,
        List.of(),
        shards,
        options,
        List.of(),
        OptionalLong.of(table.id()));
  }

  private List<ColumnDefinition> columns(TableElements elements, List<String> key) {
    var columns = new ArrayList<ColumnDefinition>();
    var names = new HashSet<String>();
    for (ColumnSyntax column : elements.columns()) {
      String name = column.name().getSimple();
      if (!names.add(name)) {
        throw errors.at(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + name + "\" specified more than once",
            column.name().getParserPosition());
      }
      boolean nullable = !column.notNull() && !key.contains(name) && !column.arrival();
      SqlType type = ColumnTypes.of(column.type(), nullable, errors);
      var definition = new ColumnDefinition(name, type);
      columns.add(column.arrival() ? definition.withValue(new ColumnValue.Arrival()) : definition);
    }
    return columns;
  }

  private List<Integer> positions(SqlNodeList names, List<ColumnDefinition> columns) {
    var positions = new ArrayList<Integer>();
    for (SqlNode node : names) {
      String name = ((SqlIdentifier) node).getSimple();
      int position = position(columns, name);
      if (position < 0) {
        throw noColumn(name, node.getParserPosition());
      }
      if (positions.contains(position)) {
        throw errors.at(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + name + "\" specified more than once",
            node.getParserPosition());
      }
      positions.add(position);
    }
    return positions;
  }

  private static int position(List<ColumnDefinition> columns, String name) {
    return columns.stream().map(ColumnDefinition::name).toList().indexOf(name);
  }

  private RuntimeException noColumn(String name, SqlParserPos place) {
    return errors.at(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist", place);
  }

  private void checkArrivals(TableElements elements) {
    List<ColumnSyntax> arrivals =
        elements.columns().stream().filter(ColumnSyntax::arrival).toList();
    if (arrivals.size() > 1) {
      throw errors
          .at(
              SqlState.INVALID_DEFINITION,
              "a stream has at most one column AS PROCTIME()",
              arrivals.get(1).name().getParserPosition())
          .withHint("All of them would hold the same.");
    }
  }

  /** A stream's watermark; where none is said, that of its column AS PROCTIME(), if it has one. */
  private @Nullable WatermarkDefinition watermark(
      TableElements elements, List<ColumnDefinition> columns) {
    if (elements.watermarks().isEmpty()) {
      return columns.stream()
          .filter(column -> column.value() instanceof ColumnValue.Arrival)
          .findFirst()
          .map(column -> new WatermarkDefinition(columns.indexOf(column), LONGEST_APPEND_MICROS))
          .orElse(null);
    }
    if (elements.watermarks().size() > 1) {
      throw errors.at(
          SqlState.INVALID_DEFINITION,
          "a stream has at most one watermark",
          elements.watermarks().get(1).position());
    }
    WatermarkSyntax watermark = elements.watermarks().get(0);
    String name = watermark.column().getSimple();
    int column = position(columns, name);
    if (column < 0) {
      throw noColumn(name, watermark.column().getParserPosition());
    }
    if (columns.get(column).type().kind() != TypeKind.TIMESTAMP) {
      throw errors.at(
          SqlState.INVALID_DEFINITION,
          "the watermark's column \""
              + name
              + "\" must be a TIMESTAMP, not "
              + columns.get(column).type().sql(),
          watermark.column().getParserPosition());
    }
    return new WatermarkDefinition(column, delay(watermark, name));
  }

  /** The delay of {@code ts} or {@code ts - INTERVAL …}, in microseconds. */
  private long delay(WatermarkSyntax watermark, String column) {
    SqlNode expression = watermark.expression();
    if (isColumn(expression, column)) {
      return 0;
    }
    if (expression.getKind() == SqlKind.MINUS
        && expression instanceof SqlCall minus
        && isColumn(minus.operand(0), column)
        && minus.operand(1) instanceof SqlIntervalLiteral literal
        && literal.getValue() instanceof SqlIntervalLiteral.IntervalValue interval
        && !interval.getIntervalQualifier().isYearMonth()) {
      long delay =
          SqlParserUtil.intervalToMillis(
                  (interval.getSign() < 0 ? "-" : "") + interval.getIntervalLiteral(),
                  interval.getIntervalQualifier())
              * MICROS_PER_MILLI;
      if (delay >= 0) {
        return delay;
      }
    }
    throw errors
        .at(
            SqlState.INVALID_DEFINITION,
            "a watermark is its column, or its column less an interval",
            expression.getParserPosition())
        .withHint("Write WATERMARK FOR " + column + " AS " + column + " - INTERVAL '5' SECOND.");
  }

  private static boolean isColumn(SqlNode node, String name) {
    return node instanceof SqlIdentifier id && id.isSimple() && id.getSimple().equals(name);
  }

  /** An option's value as text; a name that stands alone means true. */
  public static String text(@Nullable SqlNode value) {
    if (value == null) {
      return "true";
    }
    if (value instanceof SqlLiteral literal) {
      String text = literal.toValue();
      return text == null ? "null" : text.toLowerCase(Locale.ROOT).equals("true") ? "true" : text;
    }
    return value.toString();
  }
}
