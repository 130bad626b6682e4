package io.caisson.function;

import static io.caisson.function.ArraySlot.TEXT;
import static io.caisson.function.ArraySlot.TEXTS;

import io.caisson.type.SqlArray;

/** {@code format}, whose further arguments come to it as an array of their texts. Thread-safe. */
public final class FormatFunctions {
  private FormatFunctions() {}

  /** The template with texts in the place of its specifiers. */
  @ArrayFunction(
      name = "format",
      arguments = {TEXT, TEXTS},
      result = TEXT,
      description =
          "The text with the other arguments in it: %s as they are, %I as names, %L as constants",
      example = "format('Hello %s, %1$L', 'World') = 'Hello World, ''World'''")
  public static String format(String template, SqlArray arguments) {
    return new FormatTemplate(template, arguments.elements()).text();
  }
}
