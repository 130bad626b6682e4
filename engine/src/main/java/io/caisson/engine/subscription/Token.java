package io.caisson.engine.subscription;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where somebody has been told what a view or a stream gained and lost, and its text: {@code
 * 1.7.123456789} is version 123456789 of object 7 in incarnation 1. Immutable.
 *
 * @param incarnation which life of the database: versions count only within one
 * @param object the number of the view or stream
 * @param version the store version
 */
public record Token(long incarnation, long object, long version) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})");

  /**
   * The token of a text, which must be one of an object.
   *
   * @throws CaissonException INVALID_PARAMETER
   */
  public static Token parse(String text, long incarnation, CatalogObject object) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw invalid("\"" + text + "\" is no token of a subscription");
    }
    var token =
        new Token(
            Long.parseLong(parts.group(1)),
            Long.parseLong(parts.group(2)),
            Long.parseLong(parts.group(3)));
    if (token.incarnation != incarnation) {
      throw invalid("token \"" + text + "\" is of another life of the database");
    }
    if (token.object != object.id()) {
      throw invalid("token \"" + text + "\" is not of \"" + shown(object) + "\"");
    }
    return token;
  }

  private static String shown(CatalogObject object) {
    return object instanceof ViewDefinition view && view.rowsOfTable()
        ? view.name().substring(0, view.name().length() - ViewDefinition.ROWS_SUFFIX.length())
        : object.name();
  }

  private static CaissonException invalid(String message) {
    return new CaissonException(SqlState.INVALID_PARAMETER, message)
        .withHint("Tokens come with the marks of progress of a subscription to the same object.");
  }

  @Override
  public String toString() {
    return incarnation + "." + object + "." + version;
  }
}
