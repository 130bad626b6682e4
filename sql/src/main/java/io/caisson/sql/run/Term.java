package io.caisson.sql.run;

import io.caisson.plan.Expression;
import java.util.List;

/**
 * A comparison that a row must fulfil: of a column or another expression with constants. Immutable.
 *
 * @param subject what is compared, over the object's columns
 * @param comparison how
 * @param values the constants in physical form
 */
record Term(Expression subject, ColumnCondition.Comparison comparison, List<Object> values) {
  Term {
    values = List.copyOf(values);
  }

  /** Whether two expressions are the same but for what is known of NULL in them. */
  static boolean same(Expression a, Expression b) {
    if (a instanceof Expression.InputColumn x && b instanceof Expression.InputColumn y) {
      return x.index() == y.index();
    }
    if (a instanceof Expression.Literal x && b instanceof Expression.Literal y) {
      return x.type().kind() == y.type().kind() && java.util.Objects.equals(x.value(), y.value());
    }
    if (a instanceof Expression.OperatorCall x && b instanceof Expression.OperatorCall y) {
      return x.operator() == y.operator()
          && x.type().withNullable(true).equals(y.type().withNullable(true))
          && same(x.arguments(), y.arguments());
    }
    return a instanceof Expression.FunctionCall x
        && b instanceof Expression.FunctionCall y
        && x.function().equals(y.function())
        && same(x.arguments(), y.arguments());
  }

  private static boolean same(List<Expression> a, List<Expression> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
