package io.caisson.plan;

/**
 * Operators of the language. Unless said otherwise a NULL operand makes the result NULL. Operands
 * of arithmetic and comparison have one physical form: conversions are explicit {@link #CAST}s.
 */
public enum Operator {
  /** Integer results out of the result type's range are errors (22003). */
  ADD,
  SUBTRACT,
  MULTIPLY,
  /** Integers truncate toward zero; division by zero is an error (22012). */
  DIVIDE,
  MODULO,
  NEGATE,
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  /** Two or more operands, three-valued. */
  AND,
  /** Two or more operands, three-valued. */
  OR,
  NOT,
  /** Never NULL. */
  IS_NULL,
  /** Never NULL. */
  IS_NOT_NULL,
  /** Never NULL. */
  IS_TRUE,
  /** Never NULL. */
  IS_FALSE,
  /** Never NULL. */
  IS_NOT_TRUE,
  /** Never NULL. */
  IS_NOT_FALSE,
  /** Condition, value, condition, value, …, otherwise. */
  CASE,
  /**
   * One operand, converted to the call's type as PostgreSQL does; 22P02, 22003, 22007 where it
   * can't be.
   */
  CAST,
  /** Text, pattern with {@code %} and {@code _}, and optionally an escape character. */
  LIKE,
  /** Two or more texts, one after the other; a NULL makes it NULL. */
  CONCAT
}
