package io.caisson.sql.validate;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.function.RowsOfJson;
import io.caisson.sql.runtime.JsonRows;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.TableFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
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

/** A function in FROM that makes rows of a JSON value, such as {@code jsonb_each}. Immutable. */
public final class JsonTableFunction extends SqlUserDefinedTableFunction {
  private static final Map<String, JsonTableFunction> BY_NAME = new TreeMap<>();

  static {
    for (String prefix : List.of("jsonb", "json")) {
      add(prefix + "_array_elements", RowsOfJson.Kind.ELEMENTS);
      add(prefix + "_array_elements_text", RowsOfJson.Kind.ELEMENTS_AS_TEXT);
      add(prefix + "_each", RowsOfJson.Kind.MEMBERS);
      add(prefix + "_each_text", RowsOfJson.Kind.MEMBERS_AS_TEXT);
      add(prefix + "_object_keys", RowsOfJson.Kind.NAMES);
    }
    add("jsonb_path_query", RowsOfJson.Kind.PATH);
  }

  private final RowsOfJson.Kind rows;

  private JsonTableFunction(String name, RowsOfJson.Kind rows) {
    super(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        InferTypes.FIRST_KNOWN,
        OperandTypes.operandMetadata(
            Collections.nCopies(arguments(rows), SqlTypeFamily.ANY),
            types -> Collections.nCopies(arguments(rows), types.createSqlType(SqlTypeName.ANY)),
            index -> "argument" + index,
            index -> false),
        new Implementation(name, rows));
    this.rows = rows;
  }

  private static void add(String name, RowsOfJson.Kind rows) {
    BY_NAME.put(name, new JsonTableFunction(name, rows));
  }

  private static int arguments(RowsOfJson.Kind rows) {
    return rows == RowsOfJson.Kind.PATH ? 2 : 1;
  }

  /** All of them. */
  static List<JsonTableFunction> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** The one that an operator names; null where there is none. */
  static @Nullable JsonTableFunction named(SqlOperator operator) {
    return BY_NAME.get(operator.getName().toLowerCase(Locale.ROOT));
  }

  /** Whether a call is one of these. */
  static boolean isCalled(SqlOperator operator) {
    return BY_NAME.containsKey(operator.getName().toLowerCase(Locale.ROOT));
  }

  /** The only column that a call has, whatever its alias is; null where that names it, or two. */
  static @Nullable String column(SqlOperator operator) {
    JsonTableFunction function = BY_NAME.get(operator.getName().toLowerCase(Locale.ROOT));
    return function != null && function.names().equals(List.of("value")) ? "value" : null;
  }

  /** Whether a call has one column, which the alias of the function names. */
  static boolean isNamedByAlias(SqlOperator operator) {
    JsonTableFunction function = BY_NAME.get(operator.getName().toLowerCase(Locale.ROOT));
    return function != null && function.names().equals(List.of(function.getName()));
  }

  /** What the rows are. */
  public RowsOfJson.Kind rows() {
    return rows;
  }

  private List<String> names() {
    return switch (rows) {
      case ELEMENTS, ELEMENTS_AS_TEXT -> List.of("value");
      case MEMBERS, MEMBERS_AS_TEXT -> List.of("key", "value");
      case NAMES, PATH -> List.of(getName());
    };
  }

  private SqlType last() {
    TypeKind kind =
        switch (rows) {
          case ELEMENTS, MEMBERS, PATH -> TypeKind.JSONB;
          case ELEMENTS_AS_TEXT, MEMBERS_AS_TEXT, NAMES -> TypeKind.TEXT;
        };
    return SqlType.of(kind).withNullable(kind == TypeKind.TEXT && rows != RowsOfJson.Kind.NAMES);
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return binding -> {
      check(binding.getOperandType(0));
      RelDataTypeFactory types = binding.getTypeFactory();
      List<String> names = names();
      var row = types.builder();
      if (names.size() > 1) {
        SqlType text = SqlType.of(TypeKind.TEXT).withNullable(false);
        row.add(names.get(0), SqlTypes.toCalcite(text, types));
      }
      return row.add(names.get(names.size() - 1), SqlTypes.toCalcite(last(), types)).build();
    };
  }

  private void check(RelDataType argument) {
    SqlTypeName name = argument.getSqlTypeName();
    boolean json =
        SqlTypes.fromCalcite(argument).map(type -> type.kind() == TypeKind.JSONB).orElse(false);
    if (!json && name != SqlTypeName.CHAR && name != SqlTypeName.NULL) {
      String given = SqlTypes.fromCalcite(argument).map(SqlType::sql).orElse(name.getName());
      throw new CaissonException(
              SqlState.UNDEFINED_FUNCTION,
              "function " + getName() + "(" + given.toLowerCase(Locale.ROOT) + ") does not exist")
          .withHint("It takes JSONB: cast what is text.");
    }
  }

  @Override
  public Type getElementType(SqlOperatorBinding binding) {
    return Object[].class;
  }

  /** The call in code that Calcite generates. */
  private record Implementation(String name, RowsOfJson.Kind rows)
      implements TableFunction, ImplementableFunction {
    private static final Method OF =
        Arrays.stream(JsonRows.class.getMethods())
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
          (translator, call, operands) -> call(operands), NullPolicy.NONE, false);
    }

    private Expression call(List<Expression> operands) {
      var arguments = new ArrayList<Expression>();
      for (Expression operand : operands) {
        arguments.add(Expressions.convert_(Expressions.box(operand), Object.class));
      }
      if (operands.size() == 1) {
        arguments.add(Expressions.convert_(Expressions.constant(""), Object.class));
      }
      arguments.add(Expressions.constant(rows.name()));
      arguments.add(Expressions.constant(name));
      return Expressions.call(OF, arguments);
    }
  }
}
