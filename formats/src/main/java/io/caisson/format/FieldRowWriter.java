package io.caisson.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV and PostgreSQL's text form, written as PostgreSQL writes them. For one thread. */
final class FieldRowWriter implements RowWriter {
  private static final String END_OF_DATA = "\\.";

  private final RowFormat format;
  private final List<RowColumn> columns;

  FieldRowWriter(RowFormat format, List<RowColumn> columns) {
    this.format = format;
    this.columns = List.copyOf(columns);
  }

  @Override
  public void header(StringBuilder text) {
    if (format.header() == RowFormat.Header.NONE) {
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      separate(i, text);
      field(columns.get(i).name(), text);
    }
    text.append('\n');
  }

  @Override
  public void row(@Nullable Object[] values, StringBuilder text) {
    for (int i = 0; i < values.length; i++) {
      separate(i, text);
      Object value = values[i];
      if (value == null) {
        text.append(format.nullText());
      } else if (value instanceof Boolean flag) {
        field(flag ? "t" : "f", text);
      } else {
        field(ValueText.format(value), text);
      }
    }
    text.append('\n');
  }

  private void separate(int column, StringBuilder text) {
    if (column > 0) {
      text.append(format.delimiter());
    }
  }

  private void field(String value, StringBuilder text) {
    if (format.kind() == RowFormat.Kind.TEXT) {
      escaped(value, text);
    } else if (needsQuotes(value)) {
      quoted(value, text);
    } else {
      text.append(value);
    }
  }

  private boolean needsQuotes(String value) {
    if (value.equals(format.nullText()) || (columns.size() == 1 && value.equals(END_OF_DATA))) {
      return true;
    }
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      if (unit == format.delimiter() || unit == format.quote() || unit == '\n' || unit == '\r') {
        return true;
      }
    }
    return false;
  }

  private void quoted(String value, StringBuilder text) {
    text.append(format.quote());
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      if (unit == format.quote() || unit == format.escape()) {
        text.append(format.escape());
      }
      text.append(unit);
    }
    text.append(format.quote());
  }

  private void escaped(String value, StringBuilder text) {
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      switch (unit) {
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case 0x0b -> text.append("\\v");
        case '\\' -> text.append("\\\\");
        default -> {
          if (unit == format.delimiter()) {
            text.append('\\');
          }
          text.append(unit);
        }
      }
    }
  }
}
