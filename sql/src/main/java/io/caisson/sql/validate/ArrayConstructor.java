package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.ArrayFunctions;
import io.caisson.function.ScalarFunction;
import io.caisson.function.array.ArrayText;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.jspecify.annotations.Nullable;

/**
 * {@code ARRAY[a, b]}: the elements become what their types have in common, and constant texts what
 * the others are. Immutable.
 */
final class ArrayConstructor extends SqlSpecialOperator {
  private static final int PRECEDENCE = 100;
  private static final Method METHOD = method();

  static final ArrayConstructor INSTANCE = new ArrayConstructor();

  private ArrayConstructor() {
    super(
        "ARRAY",
        SqlKind.OTHER,
        PRECEDENCE,
        true,
        binding -> type(binding.collectOperandTypes(), binding.getTypeFactory()),
        InferTypes.FIRST_KNOWN,
        OperandTypes.VARIADIC);
  }

  private static Method method() {
    try {
      return ArrayFunctions.class.getMethod("array", TypeKind.class, Object[].class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("arrays can't be made", e);
    }
  }

  private static RelDataType type(List<RelDataType> elements, RelDataTypeFactory types) {
    return SqlTypes.toCalcite(SqlType.arrayOf(element(elements, types)).withNullable(false), types);
  }

  private static SqlType element(List<RelDataType> elements, RelDataTypeFactory types) {
    if (elements.isEmpty()) {
      throw new CaissonException(
              SqlState.INDETERMINATE_TYPE, "cannot determine type of empty array")
          .withHint("Explicitly cast to the desired type, for example ARRAY[]::integer[].");
    }
    List<RelDataType> known =
        elements.stream()
            .filter(type -> type.getSqlTypeName() != SqlTypeName.CHAR)
            .filter(type -> type.getSqlTypeName() != SqlTypeName.NULL)
            .toList();
    if (known.isEmpty()) {
      return SqlType.of(TypeKind.TEXT);
    }
    RelDataType common = commonType(known, types);
    if (common == null) {
      throw mismatch(known);
    }
    SqlType element = SqlTypes.fromCalcite(common).orElseThrow(() -> mismatch(known));
    if (element.element() != null) {
      throw ArrayText.dimensions();
    }
    return element.kind() == TypeKind.TEXT ? SqlType.of(TypeKind.TEXT) : element;
  }

  /** Numbers of different forms keep their own: they meet as NUMERIC without limits. */
  private static @Nullable RelDataType commonType(
      List<RelDataType> known, RelDataTypeFactory types) {
    RelDataType common = types.leastRestrictive(known);
    boolean alike =
        known.stream().map(type -> types.createTypeWithNullability(type, true)).distinct().count()
            == 1;
    return alike || common == null || common.getSqlTypeName() != SqlTypeName.DECIMAL
        ? common
        : SqlTypes.unlimitedNumeric(types);
  }

  private static CaissonException mismatch(List<RelDataType> types) {
    List<String> names =
        types.stream()
            .map(type -> SqlTypes.fromCalcite(type).map(SqlType::sql).orElse(type.toString()))
            .map(name -> name.toLowerCase(java.util.Locale.ROOT))
            .distinct()
            .toList();
    return new CaissonException(
        SqlState.DATATYPE_MISMATCH,
        "ARRAY types " + String.join(" and ", names) + " cannot be matched");
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return ArrayMisuse.placed(call, () -> validateOperands(validator, scope, call));
  }

  /** The call of the function that makes the array. */
  static RexNode convert(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    List<RexNode> given = Convertlets.operands(context, call);
    SqlType element = element(given.stream().map(RexNode::getType).toList(), rex.getTypeFactory());
    List<RexNode> elements =
        given.stream().map(value -> Convertlets.as(element, value, rex)).toList();
    return rex.makeCall(constructor(element, given.size()), elements);
  }

  /** The function that makes an array of so many elements. */
  static BuiltInFunction constructor(SqlType element, int size) {
    return BuiltInFunction.of(
        new ScalarFunction(
            "array",
            Collections.nCopies(size, element),
            SqlType.arrayOf(element),
            METHOD,
            "The array of the elements",
            "ARRAY[1, 2] = '{1,2}'"));
  }
}
