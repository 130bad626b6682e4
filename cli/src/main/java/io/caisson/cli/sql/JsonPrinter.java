package io.caisson.cli.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.type.TypeKind;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. Numbers and booleans are JSON's own (NaN and the infinities, which JSON
 * lacks, are text), and so is JSONB; everything else is text.
 */
final class JsonPrinter implements ResultPrinter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final PrintStream out;
  private List<SerializedString> names = List.of();
  private List<ResultColumn> columns = List.of();

  JsonPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> resultColumns) {
    columns = resultColumns;
    names = columns.stream().map(column -> new SerializedString(column.name())).toList();
  }

  @Override
  public void row(Row row) {
    var line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      for (int i = 0; i < names.size(); i++) {
        json.writeFieldName(names.get(i));
        write(json, row.get(i), columns.get(i).type().kind());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.print(line.append('\n'));
  }

  private static void write(JsonGenerator json, @Nullable Object value, TypeKind kind)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (kind == TypeKind.JSONB) {
      json.writeRawValue(value.toString());
    } else if (isPlainNumber(value)) {
      json.writeNumber(ValueText.format(value));
    } else {
      json.writeString(ValueText.format(value));
    }
  }

  private static boolean isPlainNumber(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue());
    }
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof BigDecimal;
  }

  @Override
  public void settle() {
    // nothing is held back
  }

  @Override
  public void end() {
    // the lines are all there is
  }
}
