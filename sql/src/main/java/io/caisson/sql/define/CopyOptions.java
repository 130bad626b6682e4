package io.caisson.sql.define;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.RowFormat;
import io.caisson.format.RowFormat.Header;
import io.caisson.format.RowFormat.Kind;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.OptionSyntax;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The options of COPY, with PostgreSQL's rules for them. For one statement. */
public final class CopyOptions {
  private static final List<String> NAMES =
      List.of("format", "delimiter", "null", "header", "quote", "escape", "encoding");

  private static final List<String> NOT_YET =
      List.of("force_quote", "force_not_null", "force_null", "freeze");

  /** No character of a value that is written without quotes may be taken for a delimiter. */
  private static final String NO_DELIMITERS = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

  private final SqlErrors errors;
  private final boolean from;
  private final Map<String, OptionSyntax> given = new HashMap<>();

  /**
   * Options of a statement.
   *
   * @param errors makes its errors
   * @param from whether rows are read, not written
   */
  public CopyOptions(SqlErrors errors, boolean from) {
    this.errors = errors;
    this.from = from;
  }

  /** Reads options, each of a known name and with a value that makes sense. */
  public RowFormat read(List<OptionSyntax> options) {
    for (OptionSyntax option : options) {
      String name = option.name().getSimple().toLowerCase(Locale.ROOT);
      SqlParserPos place = option.name().getParserPosition();
      if (NOT_YET.contains(name)) {
        throw errors.unsupported("COPY option \"" + name + "\" is not supported", place);
      }
      if (!NAMES.contains(name)) {
        throw errors
            .at(SqlState.SYNTAX_ERROR, "option \"" + name + "\" not recognized", place)
            .withHint("There are " + String.join(", ", NAMES) + ".");
      }
      if (given.put(name, option) != null) {
        throw errors.at(SqlState.SYNTAX_ERROR, "conflicting or redundant options", place);
      }
    }
    RowFormat defaults = RowFormat.of(kind());
    var format =
        new RowFormat(
            defaults.kind(),
            header(),
            one("delimiter", defaults.delimiter()),
            text("null", defaults.nullText()),
            one("quote", defaults.quote()),
            one("escape", one("quote", defaults.quote())),
            charset());
    check(format);
    return format;
  }

  private @Nullable String text(String name) {
    OptionSyntax option = given.get(name);
    if (option == null) {
      return null;
    }
    if (option.value() == null) {
      throw error(SqlState.SYNTAX_ERROR, name + " requires a parameter", name);
    }
    return Definitions.text(option.value());
  }

  private String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  private Kind kind() {
    String name = text("format", Kind.TEXT.name());
    for (Kind kind : Kind.values()) {
      if (kind.name().equalsIgnoreCase(name)) {
        return kind;
      }
    }
    throw error(SqlState.INVALID_PARAMETER, "COPY format \"" + name + "\" not recognized", "format")
        .withHint("The formats are text, csv and json (one object a line).");
  }

  private Header header() {
    OptionSyntax option = given.get("header");
    if (option == null) {
      return Header.NONE;
    }
    String text =
        option.value() == null ? "on" : Definitions.text(option.value()).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "on", "1" -> Header.SKIP;
      case "false", "off", "0" -> Header.NONE;
      case "match" -> {
        if (!from) {
          throw errors.unsupported(
              "cannot use \"match\" with HEADER in COPY TO", option.name().getParserPosition());
        }
        yield Header.MATCH;
      }
      default ->
          throw error(
              SqlState.SYNTAX_ERROR, "header requires a Boolean value or \"match\"", "header");
    };
  }

  private char one(String name, char otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    String character = text.equals("\\t") ? "\t" : text;
    if (character.length() != 1 || character.charAt(0) >= 0x80) {
      throw refusal("COPY " + name + " must be a single one-byte character", name);
    }
    return character.charAt(0);
  }

  private Charset charset() {
    String name = text("encoding", "utf8");
    try {
      return switch (name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "")) {
        case "utf8", "unicode" -> StandardCharsets.UTF_8;
        case "latin1" -> StandardCharsets.ISO_8859_1;
        case "win1252" -> Charset.forName("windows-1252");
        case "sqlascii" -> StandardCharsets.US_ASCII;
        default -> Charset.forName(name);
      };
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw error(
          SqlState.INVALID_PARAMETER,
          "argument to option \"encoding\" must be a valid encoding name",
          "encoding");
    }
  }

  private void check(RowFormat format) {
    if (format.kind() != Kind.CSV) {
      for (String name : List.of("quote", "escape")) {
        if (given.containsKey(name)) {
          throw refusal("COPY " + name + " available only in CSV mode", name);
        }
      }
    }
    if (format.kind() == Kind.JSON) {
      for (String name : List.of("delimiter", "null", "header")) {
        if (given.containsKey(name)) {
          throw refusal("COPY " + name + " not available in JSON mode", name);
        }
      }
    }
    checkCharacters(format);
  }

  private void checkCharacters(RowFormat format) {
    char delimiter = format.delimiter();
    if (delimiter == '\n'
        || delimiter == '\r'
        || (format.kind() == Kind.TEXT && NO_DELIMITERS.indexOf(delimiter) >= 0)) {
      throw error(
          SqlState.INVALID_PARAMETER,
          "COPY delimiter cannot be \"" + delimiter + "\"",
          "delimiter");
    }
    if (format.nullText().contains("\n") || format.nullText().contains("\r")) {
      throw error(
          SqlState.INVALID_PARAMETER,
          "COPY null representation cannot use newline or carriage return",
          "null");
    }
    if (format.kind() == Kind.CSV && delimiter == format.quote()) {
      throw error(
          SqlState.INVALID_PARAMETER,
          "COPY delimiter and quote must be different",
          given.containsKey("quote") ? "quote" : "delimiter");
    }
    if (format.nullText().indexOf(delimiter) >= 0) {
      throw refusal(
          "COPY delimiter must not appear in the NULL specification",
          given.containsKey("null") ? "null" : "delimiter");
    }
  }

  private CaissonException error(SqlState state, String message, String name) {
    OptionSyntax option = given.get(name);
    return errors.at(
        state, message, option == null ? SqlParserPos.ZERO : option.name().getParserPosition());
  }

  private CaissonException refusal(String message, String name) {
    return error(SqlState.FEATURE_NOT_SUPPORTED, message, name);
  }
}
