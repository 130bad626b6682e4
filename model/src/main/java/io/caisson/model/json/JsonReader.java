package io.caisson.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text as Java values: String, Boolean, null, Long or BigInteger, Double where that is exactly
 * what was written and else BigDecimal, and lists and maps of these, which nobody can change. Of
 * members with the same name the last one counts. Stateless.
 */
public final class JsonReader {
  /** How deep lists and objects may be nested. */
  public static final int DEEPEST = 100;

  private static final int LONGEST_TEXT = 32 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNameLength(LONGEST_TEXT)
                  .maxNumberLength(JsonNumbers.MOST_DIGITS)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * Reads a text.
   *
   * @throws CaissonException 22P02 where it is no JSON, with the place in the text; 54001 where it
   *     is nested too deep
   */
  public static @Nullable Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return only(parser);
    } catch (IOException e) {
      throw invalid(e);
    }
  }

  /** Reads UTF-8. */
  public static @Nullable Object read(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      return only(parser);
    } catch (IOException e) {
      throw invalid(e);
    }
  }

  private static @Nullable Object only(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new CaissonException(
          SqlState.INVALID_TEXT, "invalid input syntax for type json: the text is empty");
    }
    Object value = value(parser, first);
    if (parser.nextToken() != null) {
      JsonLocation place = parser.currentTokenLocation();
      throw invalid("something follows behind the value", place, null);
    }
    return value;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> text(parser);
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("a token " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    var members = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser);
      members.put(name, value(parser, parser.nextToken()));
    }
    return Collections.unmodifiableMap(members);
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    var elements = new ArrayList<@Nullable Object>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return Collections.unmodifiableList(elements);
  }

  private static String text(JsonParser parser) throws IOException {
    String text = parser.getText();
    if (JsonWriter.hasHalfCharacters(text)) {
      throw invalid(
          "half of a character (an unpaired surrogate)", parser.currentTokenLocation(), null);
    }
    return text;
  }

  private static Number integer(JsonParser parser) throws IOException {
    BigInteger value = parser.getBigIntegerValue();
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : (Number) value;
  }

  private static Number fraction(JsonParser parser) throws IOException {
    return JsonNumbers.shortest(JsonNumbers.checked(new BigDecimal(parser.getText())));
  }

  private static CaissonException invalid(IOException e) {
    if (e instanceof StreamConstraintsException beyond) {
      return new CaissonException(
              SqlState.ROW_TOO_LARGE,
              "JSON text is more than can be read: " + beyond.getOriginalMessage(),
              e)
          .withHint("Lists and objects may be nested up to " + DEEPEST + " levels.");
    }
    if (e instanceof JsonProcessingException wrong) {
      return invalid(wrong.getOriginalMessage(), wrong.getLocation(), e);
    }
    return new CaissonException(
        SqlState.INVALID_TEXT, "invalid input syntax for type json: " + e.getMessage(), e);
  }

  private static CaissonException invalid(
      String reason, @Nullable JsonLocation place, @Nullable Throwable cause) {
    Position position =
        place != null && place.getLineNr() > 0 && place.getColumnNr() > 0
            ? Position.at(place.getLineNr(), place.getColumnNr())
            : null;
    String where = position == null ? "" : " at " + position;
    String words = reason.lines().findFirst().orElse("");
    return new CaissonException(
            SqlState.INVALID_TEXT,
            "invalid input syntax for type json" + where + ": " + words,
            cause)
        .withPosition(position);
  }
}
