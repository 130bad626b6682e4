package io.caisson.function;

import io.caisson.type.TypeKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method scalar functions of SQL that take or give arrays: one for each type
 * that the elements may have. What its parameters and its result must be, says {@link
 * ScalarFunction}; {@link FunctionRegistry} checks it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ArrayFunction {
  /** Its name in SQL, in lower case, or an operator's sign. */
  String name();

  /** Other names for the same function. */
  String[] aliases() default {};

  /** The types of its arguments. */
  ArraySlot[] arguments();

  /** The type of its result. */
  ArraySlot result();

  /** For which types of elements it is not there, because there is another one for them. */
  TypeKind[] except() default {};

  /** For which types of elements alone it is there; for all where there are none. */
  TypeKind[] only() default {};

  /** What it does, in one sentence. */
  String description();

  /** An SQL expression that is true. */
  String example();
}
