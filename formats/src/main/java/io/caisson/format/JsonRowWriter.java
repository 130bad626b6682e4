package io.caisson.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. Numbers and booleans are JSON's own (NaN and the infinities, which JSON
 * lacks, are text), and so are JSONB and arrays; everything else is text. For one thread.
 */
public final class JsonRowWriter implements RowWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final List<SerializedString> names;
  private final List<RowColumn> columns;

  /** A writer of rows of the given columns. */
  public JsonRowWriter(List<RowColumn> columns) {
    this.columns = List.copyOf(columns);
    names = columns.stream().map(column -> new SerializedString(column.name())).toList();
  }

  @Override
  public void header(StringBuilder text) {
    // each line names its fields
  }

  @Override
  public void row(@Nullable Object[] values, StringBuilder text) {
    var line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      for (int i = 0; i < values.length; i++) {
        json.writeFieldName(names.get(i));
        write(json, values[i], columns.get(i).type());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.append(line.getBuffer()).append('\n');
  }

  private static void write(JsonGenerator json, @Nullable Object value, SqlType type)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof List<?> elements) {
      json.writeStartArray();
      for (Object element : elements) {
        write(json, element, type.elements());
      }
      json.writeEndArray();
    } else if (type.kind() == TypeKind.JSONB) {
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
}
