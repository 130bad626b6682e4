package io.caisson.sql.define;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.ColumnSyntax;
import io.caisson.sql.syntax.OptionSyntax;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.syntax.TableElements;
import io.caisson.sql.syntax.WatermarkSyntax;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
  private static final String SHARDS = "shards";
  private static final String RETENTION = "retention";
  private static final int MAX_SHARDS = 1_024;
  private static final long MICROS_PER_MILLI = 1_000L;

  private final SqlErrors errors;

  /** Definitions of a statement whose errors the given maker makes. */
  public Definitions(SqlErrors errors) {
    this.errors = errors;
  }

  /** The stream of a CREATE STREAM, its number still 0. */
  public StreamDefinition stream(StatementSyntax.CreateStream create) {
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
        || elements.columns().stream().anyMatch(column -> column.values() > 0)) {
      throw errors
          .at(
              SqlState.INVALID_DEFINITION,
              "a stream has no defaults and no constraints but NOT NULL",
              create.name().getParserPosition())
          .withHint("Use CREATE TABLE for rows that are checked, or a view that filters.");
    }
    List<ColumnDefinition> columns = columns(elements, List.of());
    Map<String, String> options = options(create.options());
    int shards = shards(options.remove(SHARDS), create.name().getParserPosition());
    checkOptions(options, create.name().getParserPosition());
    return new StreamDefinition(
        0,
        create.name().getSimple(),
        columns,
        watermark(elements, columns),
        positions(create.partitionBy(), columns),
        shards,
        options);
  }

  private void checkOptions(Map<String, String> options, SqlParserPos place) {
    for (String option : options.keySet()) {
      if (!option.equals(RETENTION)) {
        throw errors
            .at(SqlState.INVALID_PARAMETER, "unrecognized parameter \"" + option + "\"", place)
            .withHint("A stream has the options shards and retention.");
      }
    }
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
      boolean nullable = !column.notNull() && !key.contains(name);
      SqlType type = ColumnTypes.of(column.type(), nullable, errors);
      columns.add(new ColumnDefinition(name, type));
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

  private @Nullable WatermarkDefinition watermark(
      TableElements elements, List<ColumnDefinition> columns) {
    if (elements.watermarks().isEmpty()) {
      return null;
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

  private Map<String, String> options(List<OptionSyntax> given) {
    var options = new TreeMap<String, String>();
    for (OptionSyntax option : given) {
      String name = option.name().getSimple().toLowerCase(Locale.ROOT);
      if (options.put(name, text(option.value())) != null) {
        throw errors.at(
            SqlState.INVALID_PARAMETER,
            "option \"" + name + "\" specified more than once",
            option.name().getParserPosition());
      }
    }
    return options;
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

  private int shards(@Nullable String text, SqlParserPos place) {
    if (text == null) {
      return 1;
    }
    try {
      int shards = new BigDecimal(text).intValueExact();
      if (shards >= 1 && shards <= MAX_SHARDS) {
        return shards;
      }
    } catch (ArithmeticException | NumberFormatException notNumber) {
      // Reported below, as a number out of range is.
    }
    throw errors.at(
        SqlState.INVALID_PARAMETER,
        "shards must be a number from 1 to " + MAX_SHARDS + ", not \"" + text + "\"",
        place);
  }
}
