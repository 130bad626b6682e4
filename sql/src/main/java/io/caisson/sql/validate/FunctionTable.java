package io.caisson.sql.validate;

import io.caisson.function.ScalarFunction;
import io.caisson.function.external.JavaAggregate;
import io.caisson.sql.syntax.InfixOperators;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the language: ours first, and where we have a name, only ours; then Calcite's.
 * Immutable and thread-safe.
 */
public final class FunctionTable implements SqlOperatorTable {
  private static final List<SqlBinaryOperator> COMPARISONS =
      List.of(
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.NOT_EQUALS,
          SqlStdOperatorTable.LESS_THAN,
          SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
          SqlStdOperatorTable.GREATER_THAN,
          SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);

  /** The operators of the standard's that may have further meanings. */
  private static final List<SqlBinaryOperator> STANDARD =
      List.of(
          SqlStdOperatorTable.PLUS,
          SqlStdOperatorTable.MINUS,
          SqlStdOperatorTable.MULTIPLY,
          SqlStdOperatorTable.DIVIDE,
          SqlStdOperatorTable.CONCAT);

  /** Calcite has all windows but this one, which takes what HOP takes. */
  private static final SqlFunction CUMULATE =
      new SqlWindowTableFunction(
          "CUMULATE",
          (SqlOperandMetadata)
              Objects.requireNonNull(SqlStdOperatorTable.HOP.getOperandTypeChecker()));

  private final Map<String, List<SqlOperator>> ours = new TreeMap<>();
  private final Map<String, SqlOperator> operators = new TreeMap<>();
  private final SqlOperatorTable standard = SqlStdOperatorTable.instance();

  /** Made when first needed: it is large and seldom asked. */
  private static final class Library {
    static final SqlOperatorTable TABLE =
        SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.POSTGRESQL);
  }

  /** A table of the given functions and aggregates before Calcite's. */
  public FunctionTable(List<ScalarFunction> functions, List<JavaAggregate> aggregates) {
    Map<String, List<ScalarFunction>> byName =
        functions.stream().collect(Collectors.groupingBy(ScalarFunction::name));
    byName.forEach(
        (name, all) -> {
          var overloads = new Overloads(all);
          if (all.get(0).operator() && !isWritten(name)) {
            operators.put(name, new OverloadedOperator(standard(name), overloads));
          } else {
            ours.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .add(new OverloadedFunction(name, overloads));
          }
        });
    ours.put("cumulate", List.of(CUMULATE));
    COMPARISONS.forEach(c -> operators.put(c.getName(), new ComparisonOperator(c)));
    ours.put("pg_typeof", new ArrayList<>(List.of(TypeOfFunction.INSTANCE)));
    ours.put(SeriesFunction.NAME, new ArrayList<>(List.of(SeriesFunction.INSTANCE)));
    JsonTableFunction.all().forEach(f -> ours.put(f.getName(), new ArrayList<>(List.of(f))));
    AggregateFunctions.all()
        .forEach(
            function ->
                ours.computeIfAbsent(function.getName(), name -> new ArrayList<>()).add(function));
    aggregates.stream()
        .collect(Collectors.groupingBy(aggregate -> aggregate.signature().name()))
        .forEach(
            (name, all) ->
                ours.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(new ExternalAggregate(name, all)));
  }

  /** Whether an operator is written in a way of its own, as {@code a[1]} is, and not as a sign. */
  private static boolean isWritten(String name) {
    return name.indexOf(' ') >= 0;
  }

  private static SqlBinaryOperator standard(String sign) {
    return STANDARD.stream()
        .filter(operator -> operator.getName().equals(sign))
        .findFirst()
        .orElseGet(() -> InfixOperators.of(sign));
  }

  /** Whether a function of the language has the name and these arguments. */
  public boolean defines(String name, List<SqlType> arguments) {
    return ours.getOrDefault(name, List.of()).stream()
        .anyMatch(
            operator ->
                operator instanceof OverloadedFunction function
                    && function.overloads().has(arguments));
  }

  /** Whether a name means something that can't have further meanings, as aggregates do. */
  public boolean isReserved(String name) {
    List<SqlOperator> own = ours.get(name);
    if (own != null) {
      return own.stream().anyMatch(operator -> !(operator instanceof OverloadedFunction));
    }
    var found = new ArrayList<SqlOperator>();
    lookupOperatorOverloads(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        null,
        SqlSyntax.FUNCTION,
        found,
        SqlNameMatchers.withCaseSensitive(false));
    return !found.isEmpty();
  }

  /** Whether one of our functions has the name. */
  boolean knows(String name) {
    return ours.containsKey(name);
  }

  /** The names of our functions. */
  public List<String> names() {
    return List.copyOf(ours.keySet());
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    List<SqlOperator> own =
        name.isSimple() && syntax == SqlSyntax.FUNCTION
            ? ours.get(name.getSimple().toLowerCase(Locale.ROOT))
            : null;
    if (own != null) {
      found.addAll(own);
      return;
    }
    SqlOperator operator =
        name.isSimple() && syntax == SqlSyntax.BINARY ? operators.get(name.getSimple()) : null;
    if (operator != null) {
      found.add(operator);
      if (InfixOperators.SIGNS.contains(operator.getName())) {
        return; // to Calcite the sign is something else
      }
    }
    int before = found.size();
    standard.lookupOperatorOverloads(name, category, syntax, found, matcher);
    if (found.size() == before) {
      SqlIdentifier upper =
          name.isSimple()
              ? new SqlIdentifier(
                  name.getSimple().toUpperCase(Locale.ROOT), name.getParserPosition())
              : name;
      Library.TABLE.lookupOperatorOverloads(upper, category, syntax, found, matcher);
    }
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    var all = new ArrayList<SqlOperator>();
    ours.values().forEach(all::addAll);
    Stream.concat(standard.getOperatorList().stream(), Library.TABLE.getOperatorList().stream())
        .filter(o -> !(o instanceof SqlFunction) || !knows(o.getName().toLowerCase(Locale.ROOT)))
        .forEach(all::add);
    return all;
  }
}
