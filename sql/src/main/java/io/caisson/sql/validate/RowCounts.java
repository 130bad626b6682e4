package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of LIMIT and OFFSET: constants, which may be sums and products of constants; NULL
 * stands for no limit. For one statement.
 */
final class RowCounts {
  private final SqlErrors errors;

  RowCounts(SqlErrors errors) {
    this.errors = errors;
  }

  @Nullable SqlNode limit(SqlNode count) {
    return number(count, "LIMIT", SqlState.INVALID_LIMIT);
  }

  @Nullable SqlNode offset(SqlNode count) {
    return number(count, "OFFSET", SqlState.INVALID_OFFSET);
  }

  private @Nullable SqlNode number(SqlNode count, String clause, SqlState negative) {
    if (count.getKind() == SqlKind.DYNAMIC_PARAM) {
      return count;
    }
    BigDecimal value = value(count, clause);
    if (value == null) {
      return null;
    }
    if (value.signum() < 0) {
      throw errors.at(negative, clause + " must not be negative", count.getParserPosition());
    }
    String digits = value.setScale(0, RoundingMode.HALF_UP).toPlainString();
    return SqlLiteral.createExactNumeric(digits, count.getParserPosition());
  }

  private @Nullable BigDecimal value(SqlNode node, String clause) {
    if (node instanceof SqlNumericLiteral number) {
      return number.bigDecimalValue();
    }
    if (node.getKind() == SqlKind.LITERAL && ((SqlLiteral) node).getValue() == null) {
      return null;
    }
    if (node instanceof SqlCharStringLiteral text) {
      return parsed(text);
    }
    if (node instanceof SqlIdentifier) {
      throw errors.at(
          SqlState.INVALID_COLUMN_REFERENCE,
          "argument of " + clause + " must not contain variables",
          node.getParserPosition());
    }
    if (node instanceof SqlBasicCall call && isArithmetic(call)) {
      BigDecimal left = value(call.operand(0), clause);
      BigDecimal right =
          call.operandCount() == 1 ? BigDecimal.ZERO : value(call.operand(1), clause);
      return left == null || right == null ? null : computed(call, left, right);
    }
    throw errors
        .unsupported(clause + " takes a constant", node.getParserPosition())
        .withHint("Write a number, or NULL for no limit.");
  }

  private static boolean isArithmetic(SqlBasicCall call) {
    return switch (call.getKind()) {
      case PLUS, MINUS, TIMES -> call.operandCount() == 2;
      case MINUS_PREFIX, PLUS_PREFIX -> true;
      default -> false;
    };
  }

  private static BigDecimal computed(SqlBasicCall call, BigDecimal left, BigDecimal right) {
    return switch (call.getKind()) {
      case PLUS -> left.add(right);
      case MINUS -> left.subtract(right);
      case TIMES -> left.multiply(right);
      case MINUS_PREFIX -> left.negate();
      default -> left;
    };
  }

  private BigDecimal parsed(SqlCharStringLiteral text) {
    String value = text.getValueAs(String.class);
    try {
      return new BigDecimal(value.strip());
    } catch (NumberFormatException notANumber) {
      CaissonException error =
          errors.at(
              SqlState.INVALID_TEXT,
              "invalid input syntax for type bigint: \"" + value + "\"",
              text.getParserPosition());
      error.addSuppressed(notANumber);
      throw error;
    }
  }
}
