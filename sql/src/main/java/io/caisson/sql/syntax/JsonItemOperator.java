package io.caisson.sql.syntax;

import io.caisson.function.json.JsonItem;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * JSON_VALUE, JSON_QUERY or JSON_EXISTS with its clauses, or a column of JSON_TABLE, until the
 * query is understood. Its operands are context, path, the path's variables, the type, and the
 * defaults for nothing and for errors; each of them may be null. Immutable.
 */
public final class JsonItemOperator extends SqlFunction {
  private final Clauses clauses;

  /**
   * What is said of an item.
   *
   * @param kind what is taken
   * @param column the name of a column of JSON_TABLE; empty for a function
   * @param wrapper when what is found is put into an array
   * @param keepsQuotes whether a text stays JSON
   * @param formed whether a column says anything of form: then it is any JSON, as JSON_QUERY gives
   * @param onEmpty what is given where there is nothing
   * @param onError what is given for errors
   */
  public record Clauses(
      JsonItem.Kind kind,
      String column,
      JsonItem.Wrapper wrapper,
      boolean keepsQuotes,
      boolean formed,
      JsonItem.Behavior onEmpty,
      JsonItem.Behavior onError) {}

  JsonItemOperator(Clauses clauses) {
    super(
        "JSON_" + clauses.kind.name(),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.clauses = clauses;
  }

  /** What is said of the item. */
  public Clauses clauses() {
    return clauses;
  }
}
