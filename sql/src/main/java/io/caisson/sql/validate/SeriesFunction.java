package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.RowsOfValues;
import io.caisson.sql.runtime.Series;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.TableFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code generate_series(from, to)} and {@code generate_series(from, to, step)} in FROM, over
 * integers, NUMERIC and timestamps. Immutable.
 */
public final class SeriesFunction extends SqlUserDefinedTableFunction {
  /** Its name. */
  public static final String NAME = "generate_series";

  static final SeriesFunction INSTANCE = new SeriesFunction();

  private static final int ARGUMENTS = 3;
  private static final List<TypeKind> NUMBERS =
      List.of(TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT, TypeKind.NUMERIC);

  private SeriesFunction() {
    super(
        new SqlIdentifier(NAME, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        InferTypes.FIRST_KNOWN,
        OperandTypes.operandMetadata(
            Collections.nCopies(ARGUMENTS, SqlTypeFamily.ANY),
            types -> Collections.nCopies(ARGUMENTS, types.createSqlType(SqlTypeName.ANY)),
            index -> "argument" + index,
            index -> index == ARGUMENTS - 1),
        new Implementation());
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return binding -> {
      RelDataTypeFactory types = binding.getTypeFactory();
      SqlType element = SqlType.of(element(binding.collectOperandTypes())).withNullable(false);
      return types.builder().add(NAME, SqlTypes.toCalcite(element, types)).build();
    };
  }

  @Override
  public Type getElementType(SqlOperatorBinding binding) {
    return Object[].class;
  }

  /** The type of the values for arguments of some types. */
  private static TypeKind element(List<RelDataType> arguments) {
    List<Optional<TypeKind>> kinds =
        arguments.stream().map(type -> SqlTypes.fromCalcite(type).map(SqlType::kind)).toList();
    int widest = 0;
    for (Optional<TypeKind> kind : kinds) {
      int place = kind.map(NUMBERS::indexOf).orElse(-1);
      widest = place < 0 || widest < 0 ? -1 : Math.max(widest, place);
    }
    if (widest >= 0) {
      return NUMBERS.get(Math.max(widest, NUMBERS.indexOf(TypeKind.INTEGER)));
    }
    boolean times =
        kinds.size() == ARGUMENTS
            && isTimestamp(kinds.get(0))
            && isTimestamp(kinds.get(1))
            && (kinds.get(2).equals(Optional.of(TypeKind.INTERVAL))
                || arguments.get(2).getSqlTypeName() == SqlTypeName.CHAR);
    if (times) {
      return TypeKind.TIMESTAMP;
    }
    throw new CaissonException(
            SqlState.UNDEFINED_FUNCTION,
            "function "
                + NAME
                + "("
                + String.join(
                    ", ", kinds.stream().map(k -> k.map(TypeKind::sql).orElse("unknown")).toList())
                + ") does not exist")
        .withHint("It takes whole numbers or NUMERIC, or two of TIMESTAMP and an INTERVAL.");
  }

  /** All values of a call at once, as an array: what a standing query takes apart. */
  public static RexNode array(RexCall call, RexBuilder rex) {
    List<RexNode> given = call.getOperands().stream().filter(o -> !o.isA(SqlKind.DEFAULT)).toList();
    BuiltInFunction function =
        new Overloads(List.of(RowsOfValues.seriesOf(NAME)))
            .choose(given.stream().map(RexNode::getType).toList())
            .orElseThrow(() -> new IllegalStateException("no array for " + call));
    var arguments = new ArrayList<RexNode>();
    for (int i = 0; i < given.size(); i++) {
      arguments.add(Convertlets.as(function.scalar().arguments().get(i), given.get(i), rex));
    }
    return rex.makeCall(function, arguments);
  }

  private static boolean isTimestamp(Optional<TypeKind> kind) {
    return kind.equals(Optional.of(TypeKind.TIMESTAMP));
  }

  /** The call in code that Calcite generates. */
  private static final class Implementation implements TableFunction, ImplementableFunction {
    private static final Method OF =
        Arrays.stream(Series.class.getMethods())
            .filter(method -> method.getName().equals("of"))
            .findFirst()
            .orElseThrow();

    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public RelDataType getRowType(
        RelDataTypeFactory types, List<? extends @Nullable Object> arguments) {
      throw new IllegalStateException("the operator knows its row's type");
    }

    @Override
    public Type getElementType(List<? extends @Nullable Object> arguments) {
      return Object[].class;
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(
          (translator, call, operands) -> call(call, operands), NullPolicy.NONE, false);
    }

    private static Expression call(RexCall call, List<Expression> operands) {
      // Calcite puts DEFAULT where an argument is left out.
      int given = (int) call.getOperands().stream().filter(o -> !o.isA(SqlKind.DEFAULT)).count();
      TypeKind kind =
          element(call.getOperands().subList(0, given).stream().map(RexNode::getType).toList());
      var arguments = new ArrayList<Expression>();
      arguments.add(DataContext.ROOT);
      for (Expression operand : operands.subList(0, given)) {
        arguments.add(Expressions.convert_(Expressions.box(operand), Object.class));
      }
      if (given < ARGUMENTS) {
        arguments.add(Expressions.convert_(Expressions.box(Expressions.constant(1)), Object.class));
      }
      arguments.add(Expressions.constant(kind.name()));
      return Expressions.call(OF, arguments);
    }
  }
}
