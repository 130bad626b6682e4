package io.caisson.sql.define;

import io.caisson.catalog.BucketDefinition;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.OptionSyntax;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.type.TypeKind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Makes definitions of CREATE BUCKET. For one statement. */
public final class BucketOptions {
  private final SqlErrors errors;

  /** Definitions of a statement whose errors the given maker makes. */
  public BucketOptions(SqlErrors errors) {
    this.errors = errors;
  }

  /** The bucket of a CREATE BUCKET, its number still 0. */
  public BucketDefinition bucket(StatementSyntax.CreateBucket create) {
    TypeKind key = TypeKind.TEXT;
    TypeKind value = TypeKind.TEXT;
    long ttlMicros = 0;
    var seen = new HashSet<String>();
    for (OptionSyntax option : create.options()) {
      String name = option.name().getSimple().toLowerCase(Locale.ROOT);
      if (!seen.add(name)) {
        throw wrong(option, "option \"" + name + "\" specified more than once", "Keep one.");
      }
      switch (name) {
        case "key" -> key = kind(option, List.of(TypeKind.TEXT, TypeKind.BYTEA));
        case "value" ->
            value = kind(option, List.of(TypeKind.TEXT, TypeKind.BYTEA, TypeKind.BIGINT));
        case "ttl" -> ttlMicros = ttl(option);
        default ->
            throw wrong(
                option,
                "unrecognized parameter \"" + name + "\"",
                "A bucket has the options key, value and ttl.");
      }
    }
    return new BucketDefinition(0, create.name().getSimple(), key, value, ttlMicros);
  }

  private TypeKind kind(OptionSyntax option, List<TypeKind> allowed) {
    String text = Definitions.text(option.value());
    return allowed.stream()
        .filter(kind -> kind.sql().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    option,
                    "invalid value for parameter \""
                        + option.name().getSimple()
                        + "\": \""
                        + text
                        + "\"",
                    "It may be " + names(allowed) + "."));
  }

  private static String names(List<TypeKind> kinds) {
    List<String> quoted =
        kinds.stream().map(kind -> "'" + kind.sql().toLowerCase(Locale.ROOT) + "'").toList();
    int last = quoted.size() - 1;
    return String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
  }

  private long ttl(OptionSyntax option) {
    String text = Definitions.text(option.value());
    return TimeSpans.parse(text)
        .filter(micros -> micros > 0)
        .orElseThrow(
            () ->
                wrong(
                    option,
                    "invalid value for parameter \"ttl\": \"" + text + "\"",
                    "Give a time above zero, as in '1 hour' or '90 seconds'."));
  }

  private RuntimeException wrong(OptionSyntax option, String message, String hint) {
    return errors
        .at(SqlState.INVALID_PARAMETER, message, option.name().getParserPosition())
        .withHint(hint);
  }
}
