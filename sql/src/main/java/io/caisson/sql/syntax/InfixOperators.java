package io.caisson.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;

/**
 * PostgreSQL's operators that Calcite's grammar lacks, as the parser makes calls of them; what they
 * mean the function table knows. Stateless.
 */
public final class InfixOperators {
  /** They bind closer than arithmetic, as what takes a document apart should. */
  private static final int PRECEDENCE = 64;

  /** Those of bits bind as PostgreSQL's other operators do, closer than comparisons. */
  private static final int BITS_PRECEDENCE = 36;

  private static final int POWER_PRECEDENCE = 62;

  /** Those that only compare bind as loosely as LIKE does. */
  private static final int COMPARISON_PRECEDENCE = 32;

  /** All signs. */
  public static final List<String> SIGNS =
      List.of(
          "->", "->>", "#>", "#>>", "#-", "@>", "<@", "&&", "?", "~", "~*", "!~", "!~*", "|", "#",
          ">>", "^");

  /** The name of {@code t AT TIME ZONE z}. */
  public static final String AT_TIME_ZONE = "AT TIME ZONE";

  private static final int TIME_ZONE_PRECEDENCE = 90;

  private InfixOperators() {}

  /** The operator of {@code t AT TIME ZONE z}. */
  public static SqlBinaryOperator atTimeZone() {
    return new SqlBinaryOperator(
        AT_TIME_ZONE, SqlKind.OTHER, TIME_ZONE_PRECEDENCE, true, null, null, null);
  }

  /** The operator of a sign. */
  public static SqlBinaryOperator of(String sign) {
    return new SqlBinaryOperator(sign, SqlKind.OTHER, precedence(sign), true, null, null, null);
  }

  private static int precedence(String sign) {
    return switch (sign) {
      case "->", "->>", "#>", "#>>", "#-" -> PRECEDENCE;
      case "|", "#", ">>" -> BITS_PRECEDENCE;
      case "^" -> POWER_PRECEDENCE;
      default -> COMPARISON_PRECEDENCE;
    };
  }
}
