package io.caisson.cli.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.BadRow;
import io.caisson.format.CsvFields;
import io.caisson.format.CsvRowParser;
import io.caisson.format.JsonRowParser;
import io.caisson.format.LineReader;
import io.caisson.format.TextValues;
import io.caisson.format.TimeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guesses a stream's columns from the first lines of a source: the narrowest type that takes all
 * values seen. Lines that are no rows are passed over, they will be reported when they are loaded.
 * For one thread.
 */
final class SchemaSample {
  private static final int MOST_LINES = 1_000;
  private static final int MOST_BYTES = 1 << 20;

  /** What a value may be; null stands for no value seen yet. */
  enum Guess {
    INTEGER("BIGINT"),
    DECIMAL("DOUBLE PRECISION"),
    BOOLEAN("BOOLEAN"),
    TIMESTAMP("TIMESTAMP(3)"),
    TEXT("TEXT");

    private final String sql;

    Guess(String sql) {
      this.sql = sql;
    }

    /** The column type that a guess becomes. */
    String sql() {
      return sql;
    }

    Guess with(Guess other) {
      if (this == other) {
        return this;
      }
      boolean numbers =
          (this == INTEGER && other == DECIMAL) || (this == DECIMAL && other == INTEGER);
      return numbers ? DECIMAL : TEXT;
    }
  }

  private final Map<String, @Nullable Guess> columns = new LinkedHashMap<>();
  private final TimeText times = new TimeText();

  /** Reads the sample and puts the reader back to where it stood. */
  static SchemaSample of(LineReader lines, FileFormat format) throws IOException {
    var sample = new SchemaSample();
    lines.mark();
    if (format == FileFormat.CSV) {
      sample.readCsv(lines);
    } else {
      sample.readJson(lines);
    }
    lines.reset();
    return sample;
  }

  /** The columns in the order in which they came, each with its type in SQL. */
  Map<String, String> columns() {
    var types = new LinkedHashMap<String, String>();
    columns.forEach((name, guess) -> types.put(name, (guess == null ? Guess.TEXT : guess).sql()));
    return types;
  }

  private static boolean wants(int read, long first, LineReader lines) {
    return read < MOST_LINES && lines.offset() - first < MOST_BYTES;
  }

  private void readCsv(LineReader lines) throws IOException {
    if (!lines.nextLine()) {
      return;
    }
    List<String> header = CsvRowParser.header(lines);
    header.forEach(name -> columns.put(name, null));
    var fields = new CsvFields();
    long first = lines.offset();
    for (int read = 0; wants(read, first, lines) && lines.nextLine(); read++) {
      try {
        fields.read(lines);
      } catch (BadRow e) {
        continue;
      }
      for (int i = 0; i < fields.count() && fields.count() == header.size(); i++) {
        if (!fields.isNull(i)) {
          saw(header.get(i), fieldGuess(fields.bytes(), fields.start(i), fields.end(i)));
        }
      }
    }
  }

  private void readJson(LineReader lines) throws IOException {
    JsonFactory factory = JsonRowParser.factory();
    long first = lines.offset();
    for (int read = 0; wants(read, first, lines) && lines.nextLine(); read++) {
      try (JsonParser json =
          factory.createParser(lines.bytes(), lines.start(), lines.end() - lines.start())) {
        if (json.nextToken() == JsonToken.START_OBJECT) {
          readObject(json);
        }
      } catch (JsonProcessingException e) {
        // reported as a bad line when it is loaded
      }
    }
  }

  private void readObject(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == null) {
        return;
      }
      columns.putIfAbsent(name, null);
      switch (token) {
        case VALUE_NULL -> {}
        case VALUE_NUMBER_INT ->
            saw(
                name,
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? Guess.TEXT
                    : Guess.INTEGER);
        case VALUE_NUMBER_FLOAT -> saw(name, Guess.DECIMAL);
        case VALUE_TRUE, VALUE_FALSE -> saw(name, Guess.BOOLEAN);
        case VALUE_STRING -> saw(name, timeOrText(json.getText()));
        default -> {
          saw(name, Guess.TEXT);
          json.skipChildren();
        }
      }
    }
  }

  private void saw(String name, Guess guess) {
    Guess before = columns.get(name);
    columns.put(name, before == null ? guess : before.with(guess));
  }

  private Guess timeOrText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return times.timestamp(bytes, 0, bytes.length) == TimeText.INVALID
        ? Guess.TEXT
        : Guess.TIMESTAMP;
  }

  private Guess fieldGuess(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    if (TextValues.isNumber(bytes, start, end)) {
      return numberGuess(text);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "false" -> Guess.BOOLEAN;
      default -> timeOrText(text);
    };
  }

  private static Guess numberGuess(String text) {
    if (text.matches("[+-]?\\d+")) {
      // 007 is a code, not a number, and would lose its zeros.
      if (text.matches("[+-]?0\\d+")) {
        return Guess.TEXT;
      }
      try {
        Long.parseLong(text);
        return Guess.INTEGER;
      } catch (NumberFormatException e) {
        return Guess.TEXT;
      }
    }
    return Guess.DECIMAL;
  }

  /**
   * The statement that makes a stream for these columns.
   *
   * @param stream its name
   * @param time the column of event time, or null for the first TIMESTAMP
   * @param delay how far the watermark stays behind, as SQL writes an interval
   */
  String createStream(String stream, @Nullable String time, String delay) {
    Map<String, String> types = columns();
    if (types.isEmpty()) {
      throw new CaissonException(
              SqlState.BAD_INPUT_FILE, "there is no row from which to guess the stream's columns")
          .withHint("create the stream first, with CREATE STREAM");
    }
    if (time != null) {
      if (!types.containsKey(time)) {
        throw new CaissonException(
                SqlState.UNDEFINED_COLUMN, "column \"" + time + "\" of --time does not exist")
            .withHint("the file has " + String.join(", ", types.keySet()));
      }
      types.put(time, Guess.TIMESTAMP.sql());
    }
    String eventTime =
        time != null
            ? time
            : types.entrySet().stream()
                .filter(entry -> entry.getValue().equals(Guess.TIMESTAMP.sql()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    var sql = new StringBuilder("CREATE STREAM ").append(Identifier.quote(stream)).append(" (");
    String separator = "\n  ";
    for (var column : types.entrySet()) {
      sql.append(separator).append(Identifier.quote(column.getKey()));
      sql.append(' ').append(column.getValue());
      separator = ",\n  ";
    }
    if (eventTime != null) {
      String name = Identifier.quote(eventTime);
      sql.append(separator).append("WATERMARK FOR ").append(name);
      sql.append(" AS ").append(name).append(" - ").append(delay);
    }
    return sql.append("\n)").toString();
  }
}
