package io.caisson.function;

import io.caisson.type.TypeKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method a scalar function of SQL. What its parameters and its result must
 * be, says {@link ScalarFunction}; {@link FunctionRegistry} checks it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SqlFunction {
  /** Its name in SQL, in lower case, or an operator's sign. */
  String name();

  /** Other names for the same function. */
  String[] aliases() default {};

  /** The types of its arguments. */
  TypeKind[] arguments();

  /** The names of its arguments, where it can be called by them. */
  String[] parameters() default {};

  /** The type of its result. */
  TypeKind result();

  /** What it does, in one sentence. */
  String description();

  /** An SQL expression that is true. */
  String example();

  /** Whether it gives something else each time, so that standing queries can't have it. */
  boolean random() default false;
}
