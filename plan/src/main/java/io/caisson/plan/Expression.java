package io.caisson.plan;

import io.caisson.function.ScalarFunction;
import io.caisson.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A typed expression over the columns of a plan's input. Immutable. */
public sealed interface Expression {
  /** The type of its value. */
  SqlType type();

  /**
   * The value of an input column.
   *
   * @param index the column's position in the input
   * @param type its type
   */
  record InputColumn(int index, SqlType type) implements Expression {
    /** Checks the position. */
    public InputColumn {
      if (index < 0) {
        throw new IllegalArgumentException("column " + index);
      }
    }
  }

  /**
   * A constant in physical form: a Long (booleans 0 and 1, times and intervals in microseconds,
   * dates in days), a Double, a String, for NUMERIC a BigDecimal, or null for NULL.
   *
   * @param value the constant
   * @param type its type
   */
  record Literal(@Nullable Object value, SqlType type) implements Expression {}

  /**
   * An operator that the language itself defines.
   *
   * @param operator which one
   * @param arguments its operands
   * @param type the type of the result
   */
  record OperatorCall(Operator operator, List<Expression> arguments, SqlType type)
      implements Expression {
    /** Copies the operands. */
    public OperatorCall {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A built-in function.
   *
   * @param function which one
   * @param arguments its arguments, already of the function's argument types
   * @param type the type of the result
   */
  record FunctionCall(ScalarFunction function, List<Expression> arguments, SqlType type)
      implements Expression {
    /** Copies the arguments. */
    public FunctionCall {
      arguments = List.copyOf(arguments);
    }
  }
}
