package io.caisson.engine.compile;

import java.util.Locale;

/**
 * An expression of generated code.
 *
 * @param code the expression
 * @param mayFail whether evaluating it may raise an error, so that it must not be evaluated for
 *     NULLs, whose values can be anything
 */
record Java(String code, boolean mayFail) {
  static Java total(String code) {
    return new Java(code, false);
  }

  static Java failing(String code) {
    return new Java(code, true);
  }

  /** A call of a static method that may raise an error. */
  static Java call(Class<?> owner, String method, String arguments) {
    return failing(owner.getCanonicalName() + "." + method + "(" + arguments + ")");
  }

  /** A call of a static method that never does. */
  static Java totalCall(Class<?> owner, String method, String arguments) {
    return total(owner.getCanonicalName() + "." + method + "(" + arguments + ")");
  }

  /** Fills in a template of code. */
  static String format(String template, Object... parts) {
    return String.format(Locale.ROOT, template, parts);
  }
}
