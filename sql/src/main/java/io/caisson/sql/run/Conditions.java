package io.caisson.sql.run;

import io.caisson.error.CaissonException;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.plan.Expression;
import io.caisson.sql.convert.ExpressionConverter;
import io.caisson.sql.run.ColumnCondition.Comparison;
import io.caisson.sql.validate.SqlTypes;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons with constants that a filter demands. Immutable.
 *
 * @param terms the comparisons
 * @param exact whether they say all that the filter does, in a way that rows can be held against
 */
record Conditions(List<Term> terms, boolean exact) {
  /** No filter. */
  static final Conditions NONE = new Conditions(List.of(), true);

  Conditions {
    terms = List.copyOf(terms);
  }

  /**
   * Finds the comparisons in a filter.
   *
   * @param columns what references to the filter's inputs become
   */
  static Conditions of(RexNode condition, List<Expression> columns, RexBuilder rex) {
    var found = new ArrayList<Term>();
    boolean exact = true;
    for (RexNode part : RelOptUtil.conjunctions(RexUtil.expandSearch(rex, null, condition))) {
      var finder = new Finder(columns, rex);
      found.addAll(finder.prefix(part));
      Term one = finder.term(part);
      if (one == null) {
        exact = false;
      } else {
        found.add(one);
        exact &= one.subject() instanceof Expression.InputColumn column && !special(column);
      }
    }
    return new Conditions(found, exact);
  }

  /**
   * What a query orders by, where keys may have its order: any column, and expressions whose values
   * are compared by their physical form; null for others.
   */
  static @Nullable Expression ordered(RexNode node, List<Expression> columns, RexBuilder rex) {
    Expression converted = new Finder(columns, rex).convert(node);
    return node instanceof RexInputRef
            || (converted != null && Finder.comparable(converted.type().kind()))
        ? converted
        : null;
  }

  /** Doubles are compared by the runtime, which knows of NaN, and so are numbers of many forms. */
  private static boolean special(Expression column) {
    return switch (column.type().kind()) {
      case DOUBLE, REAL, NUMERIC -> true;
      default -> false;
    };
  }

  /** The comparisons of plain columns by their physical form. */
  List<ColumnCondition> ofColumns() {
    var conditions = new ArrayList<ColumnCondition>();
    for (Term term : terms) {
      if (term.subject() instanceof Expression.InputColumn column
          && (term.values().isEmpty() || column.type().kind() != TypeKind.NUMERIC)) {
        conditions.add(new ColumnCondition(column.index(), term.comparison(), term.values()));
      }
    }
    return conditions;
  }

  /** Finds terms in one filter. */
  private record Finder(List<Expression> columns, RexBuilder rex) {
    /** What LIKE says of where its texts lie. */
    List<Term> prefix(RexNode node) {
      RexNode text = LikePrefix.subject(node);
      Expression subject = text == null ? null : convert(text);
      return subject == null ? List.of() : LikePrefix.of(node, subject);
    }

    @Nullable Term term(RexNode node) {
      if (!(node instanceof RexCall call)) {
        return null;
      }
      return switch (call.getKind()) {
        case IS_NULL -> test(call, Comparison.IS_NULL);
        case IS_NOT_NULL -> test(call, Comparison.IS_NOT_NULL);
        case OR -> oneOf(call);
        default -> call.getOperands().size() == 2 ? compared(call) : null;
      };
    }

    private @Nullable Term test(RexCall call, Comparison comparison) {
      Expression subject = convert(call.getOperands().get(0));
      return subject == null ? null : new Term(subject, comparison, List.of());
    }

    /** {@code a = 1 OR a = 2}, which is what becomes of IN. */
    private @Nullable Term oneOf(RexCall call) {
      var values = new ArrayList<Object>();
      Expression subject = null;
      for (RexNode operand : RelOptUtil.disjunctions(call)) {
        Term one = term(operand);
        boolean equal =
            one != null
                && (one.comparison() == Comparison.EQUAL || one.comparison() == Comparison.IN)
                && (subject == null || Term.same(subject, one.subject()));
        if (one == null
            || !equal
            || one.values().stream().anyMatch(ColumnCondition.Place.class::isInstance)) {
          return null;
        }
        subject = one.subject();
        values.addAll(one.values());
      }
      return subject == null ? null : new Term(subject, Comparison.IN, values);
    }

    private @Nullable Term compared(RexCall call) {
      RexNode left = call.getOperands().get(0);
      RexNode right = call.getOperands().get(1);
      boolean turned = left instanceof RexLiteral || left instanceof RexDynamicParam;
      Comparison comparison = comparison(call.getKind(), turned);
      RexNode subject = turned ? right : left;
      RexNode constant = turned ? left : right;
      if (comparison != null && constant instanceof RexDynamicParam place) {
        return compared(subject, comparison, place);
      }
      if (comparison == null
          || !(constant instanceof RexLiteral literal)
          || literal.isNull()
          || !sameFamily(subject, constant)) {
        return null;
      }
      Expression converted = convert(subject);
      Object physical = convert(literal) instanceof Expression.Literal l ? l.value() : null;
      physical = physical instanceof BigDecimal number ? DecimalArithmetic.key(number) : physical;
      boolean known =
          physical instanceof Long
              || physical instanceof Double
              || physical instanceof String
              || physical instanceof BigDecimal;
      return converted != null && known && physical != null && comparable(converted.type().kind())
          ? new Term(converted, comparison, List.of(physical))
          : null;
    }

    /** A comparison with a value that is given when the query runs. */
    private @Nullable Term compared(
        RexNode subject, Comparison comparison, RexDynamicParam parameter) {
      Expression converted = sameFamily(subject, parameter) ? convert(subject) : null;
      SqlType type = SqlTypes.fromCalcite(parameter.getType()).orElse(null);
      return converted == null || type == null || !comparable(converted.type().kind())
          ? null
          : new Term(
              converted,
              comparison,
              List.of(new ColumnCondition.Place(parameter.getIndex(), type)));
    }

    /** Whether keys sort values of the type as comparisons do. */
    private static boolean comparable(TypeKind kind) {
      return switch (kind) {
        case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> true;
        case NUMERIC, TEXT, DATE, TIME, TIMESTAMP -> true;
        default -> false;
      };
    }

    private @Nullable Expression convert(RexNode node) {
      if (node instanceof RexInputRef reference) {
        return columns.get(reference.getIndex());
      }
      try {
        return new ExpressionConverter(rex, columns).convert(node);
      } catch (CaissonException notOurs) {
        return null;
      }
    }
  }

  /** A physical value of another family than the column's would mean something else. */
  private static boolean sameFamily(RexNode column, RexNode constant) {
    boolean integers =
        SqlTypeUtil.isIntType(column.getType()) && SqlTypeUtil.isIntType(constant.getType());
    boolean texts =
        SqlTypeUtil.isCharacter(column.getType()) && SqlTypeUtil.isCharacter(constant.getType());
    return integers
        || texts
        || column.getType().getSqlTypeName() == constant.getType().getSqlTypeName();
  }

  private static @Nullable Comparison comparison(SqlKind kind, boolean turned) {
    return switch (kind) {
      case EQUALS -> Comparison.EQUAL;
      case LESS_THAN -> turned ? Comparison.GREATER : Comparison.LESS;
      case LESS_THAN_OR_EQUAL -> turned ? Comparison.GREATER_OR_EQUAL : Comparison.LESS_OR_EQUAL;
      case GREATER_THAN -> turned ? Comparison.LESS : Comparison.GREATER;
      case GREATER_THAN_OR_EQUAL -> turned ? Comparison.LESS_OR_EQUAL : Comparison.GREATER_OR_EQUAL;
      default -> null;
    };
  }
}
