package io.caisson.sql.syntax;

import java.util.Map;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlPrefixOperator;

/**
 * PostgreSQL's operators in front of a value that Calcite's grammar lacks, as the parser makes
 * calls of them. Stateless.
 */
public final class PrefixOperators {
  /** As loosely as PostgreSQL's other operators: {@code @ -5 + 2} is the size of -3. */
  private static final int PRECEDENCE = 38;

  /** The functions that they mean. */
  private static final Map<String, String> FUNCTIONS =
      Map.of("~", "~ x", "@", "abs", "|/", "sqrt", "||/", "cbrt");

  private PrefixOperators() {}

  /** The operator of a sign. */
  public static SqlPrefixOperator of(String sign) {
    return new SqlPrefixOperator(sign, SqlKind.OTHER, PRECEDENCE, null, null, null);
  }

  /** The name of the function that an operator means. */
  public static String function(SqlPrefixOperator operator) {
    return FUNCTIONS.getOrDefault(operator.getName(), operator.getName());
  }
}
