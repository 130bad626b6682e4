package io.caisson.sql.syntax;

import io.caisson.error.CaissonException;
import io.caisson.error.Position;
import io.caisson.error.SqlState;
import io.caisson.function.json.JsonItem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What is read of JSON_VALUE and its like, clause by clause. For one call. */
public final class JsonItemSyntax {
  private static final Set<JsonItem.Behavior> OF_VALUES =
      EnumSet.of(JsonItem.Behavior.NULL, JsonItem.Behavior.ERROR, JsonItem.Behavior.DEFAULT);
  private static final Set<JsonItem.Behavior> OF_QUERIES =
      EnumSet.of(
          JsonItem.Behavior.NULL,
          JsonItem.Behavior.ERROR,
          JsonItem.Behavior.DEFAULT,
          JsonItem.Behavior.EMPTY_ARRAY,
          JsonItem.Behavior.EMPTY_OBJECT);
  private static final Set<JsonItem.Behavior> OF_TESTS =
      EnumSet.of(
          JsonItem.Behavior.NULL,
          JsonItem.Behavior.ERROR,
          JsonItem.Behavior.TRUE,
          JsonItem.Behavior.FALSE);

  private final String column;
  private JsonItem.Kind kind;
  private JsonItem.Wrapper wrapper = JsonItem.Wrapper.NONE;
  private boolean keepsQuotes = true;
  private boolean formed;
  private JsonItem.@Nullable Behavior onEmpty;
  private JsonItem.@Nullable Behavior onError;
  private @Nullable SqlNode defaultOnEmpty;
  private @Nullable SqlNode defaultOnError;

  /** A function. */
  public JsonItemSyntax(JsonItem.Kind kind) {
    this.kind = kind;
    this.column = "";
  }

  /** A column, which is a scalar unless it says otherwise. */
  public JsonItemSyntax(SqlIdentifier column) {
    this.kind = JsonItem.Kind.VALUE;
    this.column = column.getSimple();
  }

  /** What a column takes. */
  public void kind(JsonItem.Kind value) {
    kind = value;
    formed |= value == JsonItem.Kind.QUERY;
  }

  /** When what is found is put into an array. */
  public void wrapped(JsonItem.Wrapper value, SqlParserPos place) {
    requireQuery("WRAPPER behavior", place);
    wrapper = value;
    formed = true;
  }

  /** Whether texts stay JSON. */
  public void quoted(boolean value, SqlParserPos place) {
    requireQuery("QUOTES behavior", place);
    if (wrapper != JsonItem.Wrapper.NONE) {
      throw error(
          "SQL/JSON QUOTES behavior must not be specified when WITH WRAPPER is used", place);
    }
    keepsQuotes = value;
    formed = true;
  }

  private void requireQuery(String what, SqlParserPos place) {
    boolean query = kind == JsonItem.Kind.QUERY || !column.isEmpty();
    if (!query || kind == JsonItem.Kind.EXISTS) {
      throw error("cannot specify " + what + " for JSON_" + kind, place);
    }
  }

  /** What is given where there is nothing. */
  public void onEmpty(JsonItem.Behavior behavior, @Nullable SqlNode value, SqlParserPos place) {
    if (onEmpty != null || kind == JsonItem.Kind.EXISTS) {
      throw error(
          kind == JsonItem.Kind.EXISTS
              ? "JSON_EXISTS takes no ON EMPTY clause"
              : "conflicting or redundant ON EMPTY clauses",
          place);
    }
    onEmpty = allowed(behavior, "ON EMPTY", place);
    defaultOnEmpty = value;
  }

  /** What is given for errors. */
  public void onError(JsonItem.Behavior behavior, @Nullable SqlNode value, SqlParserPos place) {
    if (onError != null) {
      throw error("conflicting or redundant ON ERROR clauses", place);
    }
    onError = allowed(behavior, "ON ERROR", place);
    defaultOnError = value;
  }

  private JsonItem.Behavior allowed(JsonItem.Behavior behavior, String clause, SqlParserPos place) {
    boolean any = !column.isEmpty() && kind == JsonItem.Kind.VALUE;
    Set<JsonItem.Behavior> known =
        any || kind == JsonItem.Kind.QUERY
            ? OF_QUERIES
            : kind == JsonItem.Kind.VALUE ? OF_VALUES : OF_TESTS;
    if (!known.contains(behavior)) {
      String words =
          String.join(", ", known.stream().map(b -> b.name().replace('_', ' ')).toList());
      throw error("invalid " + clause + " behavior", place)
          .withHint("Only " + words + " is allowed in " + clause + " for JSON_" + kind + ".");
    }
    return behavior;
  }

  /** The call of a function. */
  public SqlNode call(
      SqlNode context,
      SqlNode path,
      SqlNodeList passing,
      @Nullable SqlDataTypeSpec type,
      SqlParserPos place) {
    return node(place, context, path, passing, type);
  }

  /** A column of JSON_TABLE; without a path it is that of its name. */
  public SqlNode column(@Nullable SqlNode path, SqlDataTypeSpec type, SqlParserPos place) {
    return node(place, null, path, null, type);
  }

  private SqlNode node(SqlParserPos place, @Nullable SqlNode... operands) {
    JsonItem.Behavior otherwise =
        kind == JsonItem.Kind.EXISTS ? JsonItem.Behavior.FALSE : JsonItem.Behavior.NULL;
    var clauses =
        new JsonItemOperator.Clauses(
            kind,
            column,
            wrapper,
            keepsQuotes,
            formed,
            onEmpty == null ? JsonItem.Behavior.NULL : onEmpty,
            onError == null ? otherwise : onError);
    @Nullable SqlNode[] all = Arrays.copyOf(operands, operands.length + 2);
    all[operands.length] = defaultOnEmpty;
    all[operands.length + 1] = defaultOnError;
    return new SqlBasicCall(new JsonItemOperator(clauses), Arrays.asList(all), place);
  }

  private static CaissonException error(String message, SqlParserPos place) {
    return new CaissonException(SqlState.SYNTAX_ERROR, message)
        .withPosition(Position.at(place.getLineNum(), place.getColumnNum()));
  }
}
