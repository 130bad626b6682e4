package io.caisson.function.json;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.array.ArrayCasts;
import io.caisson.function.array.ArrayText;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import io.caisson.type.json.Json;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What JSON_VALUE, JSON_QUERY, JSON_EXISTS and the columns of JSON_TABLE take of a value: a text
 * that the cast to the wanted type can read, so that errors of the cast are found here, where it is
 * known what is to be done about them. Immutable.
 *
 * @param kind what is taken
 * @param type the type that is wanted
 * @param wrapper when what is found is put into an array
 * @param keepsQuotes whether a text that is found stays JSON
 * @param onEmpty what is given where the path leads nowhere
 * @param onError what is given in the place of an error
 * @param column the name of the column, or null for a function
 */
public record JsonItem(
    Kind kind,
    SqlType type,
    Wrapper wrapper,
    boolean keepsQuotes,
    Behavior onEmpty,
    Behavior onError,
    @Nullable String column) {
  /** The slot of a value for which the default for nothing stands. */
  public static final int DEFAULT_ON_EMPTY = 1;

  /** The slot of a value for which the default for an error stands. */
  public static final int DEFAULT_ON_ERROR = 2;

  /** What is taken of a value. */
  public enum Kind {
    /** One scalar. */
    VALUE,
    /** Any JSON. */
    QUERY,
    /** Whether there is anything. */
    EXISTS
  }

  /** When what is found is put into an array. */
  public enum Wrapper {
    /** Never. */
    NONE,
    /** Where more than one value is found. */
    CONDITIONAL,
    /** Always. */
    ALWAYS
  }

  /** What is given where there is nothing, or an error. */
  public enum Behavior {
    /** NULL. */
    NULL,
    /** An error. */
    ERROR,
    /** An expression. */
    DEFAULT,
    /** An array of nothing. */
    EMPTY_ARRAY,
    /** An object of nothing. */
    EMPTY_OBJECT,
    /** True. */
    TRUE,
    /** False. */
    FALSE
  }

  /**
   * The slot of what the path leads to: null for NULL, a text that can be cast to the type, or the
   * number of a default.
   */
  public Json slot(Json context, JsonPath path, Json.Members variables) {
    try {
      List<Json> found = path.all(context, variables);
      if (kind == Kind.EXISTS) {
        return truth(!found.isEmpty());
      }
      return found.isEmpty() ? nothing() : one(found);
    } catch (CaissonException e) {
      if (onError == Behavior.ERROR || e.state() == SqlState.NO_JSON_ITEM || JsonPath.isUnfit(e)) {
        throw e;
      }
      return instead(onError, DEFAULT_ON_ERROR);
    }
  }

  private Json nothing() {
    if (onEmpty != Behavior.ERROR) {
      return instead(onEmpty, DEFAULT_ON_EMPTY);
    }
    throw new CaissonException(
        SqlState.NO_JSON_ITEM,
        "no SQL/JSON item found for specified path"
            + (column == null ? "" : " of column \"" + column + "\""));
  }

  private Json instead(Behavior behavior, int place) {
    return switch (behavior) {
      case NULL, ERROR -> new Json.Null();
      case DEFAULT -> new Json.Numeric(BigDecimal.valueOf(place));
      case EMPTY_ARRAY -> checked(type.kind() == TypeKind.ARRAY ? "{}" : "[]");
      case EMPTY_OBJECT -> checked("{}");
      case TRUE -> truth(true);
      case FALSE -> truth(false);
    };
  }

  private Json truth(boolean value) {
    boolean number =
        type.kind() == TypeKind.SMALLINT
            || type.kind() == TypeKind.INTEGER
            || type.kind() == TypeKind.BIGINT;
    return checked(number ? value ? "1" : "0" : Boolean.toString(value));
  }

  private Json one(List<Json> found) {
    boolean wraps =
        wrapper == Wrapper.ALWAYS || (wrapper == Wrapper.CONDITIONAL && found.size() > 1);
    Json value = wraps ? new Json.Array(found) : found.get(0);
    if (kind == Kind.VALUE) {
      return scalar(found);
    }
    if (!wraps && found.size() > 1) {
      throw new CaissonException(
              SqlState.MORE_THAN_ONE_JSON_ITEM,
              "JSON path expression "
                  + where("JSON_QUERY")
                  + " must return single item when no wrapper is requested")
          .withHint("Use the WITH WRAPPER clause to wrap SQL/JSON items into an array.");
    }
    if (value instanceof Json.Null && type.kind() != TypeKind.JSONB) {
      return value;
    }
    return checked(text(value));
  }

  private Json scalar(List<Json> found) {
    Json value = found.get(0);
    boolean compound = value instanceof Json.Array || value instanceof Json.Members;
    if (found.size() > 1 || compound) {
      throw new CaissonException(
          compound ? SqlState.JSON_SCALAR_REQUIRED : SqlState.MORE_THAN_ONE_JSON_ITEM,
          "JSON path expression " + where("JSON_VALUE") + " must return single scalar item");
    }
    if (value instanceof Json.Null) {
      return value;
    }
    return checked(type.kind() == TypeKind.JSONB ? value.write() : value.unquoted());
  }

  private String where(String function) {
    return column == null ? "in " + function : "for column \"" + column + "\"";
  }

  /** The text of JSON that the cast reads. */
  private String text(Json value) {
    if (type.kind() == TypeKind.ARRAY && value instanceof Json.Array array) {
      var texts = new ArrayList<@Nullable String>();
      for (Json element : array.elements()) {
        boolean json = type.elements().kind() == TypeKind.JSONB;
        texts.add(
            json ? element.write() : element instanceof Json.Null ? null : element.unquoted());
      }
      return ArrayText.write(texts);
    }
    boolean quoted = type.kind() == TypeKind.TEXT || type.kind() == TypeKind.JSONB;
    return quoted && keepsQuotes ? value.write() : value.unquoted();
  }

  private Json checked(String text) {
    boolean array = type.kind() == TypeKind.ARRAY;
    SqlType one = array ? type.elements() : type;
    if (one.kind() != TypeKind.TEXT || one.precision() >= 0 || array) {
      ArrayCasts.stored(
          array
              ? ArrayCasts.parse(one.kind(), text)
              : ArrayCasts.ofTexts(ZoneOffset.UTC, one.kind(), List.of(text)),
          one);
    }
    return new Json.Text(text);
  }
}
