package io.caisson.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.caisson.type.TypeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects, one a line. Fields are matched by the parser's own canonical names in the order of
 * the line before, so that a known name costs one comparison. For one thread.
 */
public final class JsonRowParser implements RowParser {
  private static final int UNKNOWN = -1;
  private static final Pattern PARSER_TALK =
      Pattern.compile("(: was expecting| \\(start marker).*");

  private final Map<String, Integer> columns = new HashMap<>();
  private final Consumer<String> unknownFields;
  private final TextValues values;
  private final boolean lenient;
  private final Utf8 utf8 = new Utf8();
  // What stood at each place of the last line.
  private final List<String> lastNames = new ArrayList<>();
  private final List<Integer> lastColumns = new ArrayList<>();

  /**
   * A parser of lines from anywhere.
   *
   * @param unknownFields told each name that is no column, once
   */
  public JsonRowParser(List<RowColumn> columns, Consumer<String> unknownFields) {
    this(columns, unknownFields, TextValues.lenient(), true);
  }

  /**
   * A parser whose texts are read as casts read them.
   *
   * @param unknownFields told each name that is no column, once
   * @param zone the time zone of instants that name none
   */
  public JsonRowParser(List<RowColumn> columns, Consumer<String> unknownFields, ZoneId zone) {
    this(columns, unknownFields, TextValues.inZone(zone), false);
  }

  private JsonRowParser(
      List<RowColumn> columns, Consumer<String> unknownFields, TextValues values, boolean lenient) {
    this.values = values;
    this.lenient = lenient;
    for (int i = 0; i < columns.size(); i++) {
      this.columns.put(columns.get(i).name(), i);
    }
    this.unknownFields = unknownFields;
  }

  /** The settings with which JSON is read everywhere here: long texts are as good as short ones. */
  public static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(LineReader.LONGEST_LINE).build())
        .build();
  }

  /** What is wrong with a line that is no JSON, without the parser's talk of its sources. */
  static BadRow malformed(JsonProcessingException error) {
    String message = error.getOriginalMessage().lines().findFirst().orElse("malformed");
    Matcher detail = PARSER_TALK.matcher(message);
    String place =
        error.getLocation() == null ? "" : " at column " + error.getLocation().getColumnNr();
    return new BadRow("malformed JSON" + place + ": " + detail.replaceFirst(""));
  }

  private final JsonFactory factory = factory();

  @Override
  public void parse(LineReader line, ParsedRows row) throws BadRow, IOException {
    row.clear();
    byte[] bytes = line.bytes();
    int start = line.start();
    try (JsonParser json = factory.createParser(bytes, start, line.end() - start)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRow("not a JSON object");
      }
      int place = 0;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        int column = column(place++, json.currentName());
        JsonToken token = json.nextToken();
        if (column != UNKNOWN) {
          set(row, column, json, token, bytes, start);
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new BadRow("more than one JSON value in a line");
      }
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
    row.commit();
  }

  private int column(int place, String name) {
    // equals looks at identity first, and the parser hands out the same instance for a known name.
    if (place < lastNames.size()) {
      if (name.equals(lastNames.get(place))) {
        return lastColumns.get(place);
      }
    } else {
      lastNames.add(name);
      lastColumns.add(UNKNOWN);
    }
    Integer known = columns.get(name);
    if (known == null) {
      unknownFields.accept(name);
    }
    int column = known == null ? UNKNOWN : known;
    lastNames.set(place, name);
    lastColumns.set(place, column);
    return column;
  }

  private void set(
      ParsedRows row,
      int column,
      JsonParser json,
      @Nullable JsonToken token,
      byte[] bytes,
      int start)
      throws BadRow, IOException {
    if (token == null) {
      throw new BadRow("malformed JSON: the line ends within an object");
    }
    TypeKind kind = row.type(column).kind();
    if (kind == TypeKind.JSONB && token != JsonToken.VALUE_NULL) {
      setJson(row, column, json, bytes, start);
      return;
    }
    switch (token) {
      case VALUE_NULL -> row.setNull(column);
      case VALUE_STRING -> setString(row, column, json, kind);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> setNumber(row, column, json, token);
      case VALUE_TRUE, VALUE_FALSE -> {
        if (kind == TypeKind.BOOLEAN) {
          row.setLong(column, token == JsonToken.VALUE_TRUE ? 1 : 0);
        } else {
          setLiteral(row, column, json);
        }
      }
      default -> {
        if (kind == TypeKind.ARRAY && token == JsonToken.START_ARRAY) {
          values.setJsonArray(row, column, nested(json, bytes, start));
        } else {
          setNested(row, column, json, bytes, start);
        }
      }
    }
  }

  private static String nested(JsonParser json, byte[] bytes, int start) throws IOException {
    int from = start + (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int to = start + (int) json.currentLocation().getByteOffset();
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private void setString(ParsedRows row, int column, JsonParser json, TypeKind kind)
      throws BadRow, IOException {
    char[] chars = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    if (kind == TypeKind.TEXT) {
      int at = row.startText(column, Math.multiplyExact(length, Utf8.MOST_BYTES));
      row.endText(column, Utf8.encode(chars, offset, length, row.textBytes(), at));
    } else {
      int end = utf8.encode(chars, offset, length);
      values.set(row, column, utf8.bytes(), 0, end);
    }
  }

  private void setNumber(ParsedRows row, int column, JsonParser json, JsonToken token)
      throws BadRow, IOException {
    boolean whole = token == JsonToken.VALUE_NUMBER_INT;
    switch (row.type(column).kind()) {
      case SMALLINT, INTEGER, BIGINT ->
          row.setLong(column, TextValues.inRange(row, column, whole(row, column, json, whole)));
      case REAL, DOUBLE -> row.setDouble(column, json.getDoubleValue());
      case NUMERIC -> TextValues.setNumeric(row, column, json.getText());
      case TIMESTAMP, TIMESTAMPTZ -> {
        if (!lenient) {
          throw TextValues.misfit(row, column, json.getText());
        } else if (whole) {
          values.setEpoch(row, column, whole(row, column, json, true));
        } else {
          values.setEpoch(row, column, json.getDoubleValue());
        }
      }
      default -> setLiteral(row, column, json);
    }
  }

  private static long whole(ParsedRows row, int column, JsonParser json, boolean integer)
      throws BadRow, IOException {
    if (integer) {
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw TextValues.misfit(row, column, json.getText());
      }
      return json.getLongValue();
    }
    double value = json.getDoubleValue();
    long rounded = (long) value;
    if (rounded != value || rounded == Long.MAX_VALUE) {
      throw TextValues.misfit(row, column, json.getText());
    }
    return rounded;
  }

  private static void setLiteral(ParsedRows row, int column, JsonParser json)
      throws BadRow, IOException {
    if (row.type(column).kind() != TypeKind.TEXT) {
      throw TextValues.misfit(row, column, json.getText());
    }
    char[] chars = json.getText().toCharArray();
    int at = row.startText(column, chars.length * Utf8.MOST_BYTES);
    row.endText(column, Utf8.encode(chars, 0, chars.length, row.textBytes(), at));
  }

  // What stands in the line, whatever it is, is the value of a JSONB column.
  private static void setJson(ParsedRows row, int column, JsonParser json, byte[] bytes, int start)
      throws BadRow, IOException {
    int from = start + (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    json.getText();
    int to = start + (int) json.currentLocation().getByteOffset();
    TextValues.setJson(row, column, new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  // A nested value becomes text exactly as it stands in the line.
  private static void setNested(
      ParsedRows row, int column, JsonParser json, byte[] bytes, int start)
      throws BadRow, IOException {
    int from = start + (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int to = start + (int) json.currentLocation().getByteOffset();
    if (row.type(column).kind() != TypeKind.TEXT) {
      throw TextValues.misfit(row, column, "a nested value");
    }
    row.setText(column, bytes, from, to - from);
  }
}
