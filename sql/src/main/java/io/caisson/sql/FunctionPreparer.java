package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.FunctionDefinition;
import io.caisson.catalog.FunctionDefinition.Kind;
import io.caisson.catalog.FunctionDefinition.Volatility;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.define.Definitions;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.run.QueryPlanner;
import io.caisson.sql.syntax.FunctionSyntax;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.validate.ColumnTypes;
import io.caisson.sql.validate.QueryValidator;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Understands CREATE and DROP of functions and aggregates. For one statement. */
final class FunctionPreparer {
  private final Catalog catalog;
  private final UserFunctions functions;
  private final SqlErrors errors;

  FunctionPreparer(Catalog catalog, UserFunctions functions, SqlErrors errors) {
    this.catalog = catalog;
    this.functions = functions;
    this.errors = errors;
  }

  Statement create(StatementSyntax.CreateFunction create) {
    FunctionSyntax syntax = create.function();
    SqlIdentifier name = syntax.name();
    var function =
        new FunctionDefinition(
            syntax.kind(),
            name.getSimple(),
            types(syntax.arguments()),
            ColumnTypes.of(syntax.result(), true, errors),
            target(syntax),
            volatility(syntax));
    checkName(function, name);
    if (function.kind() == Kind.AGGREGATE && function.arguments().isEmpty()) {
      throw errors
          .at(
              SqlState.INVALID_FUNCTION_DEFINITION,
              "an aggregate has at least one argument",
              name.getParserPosition())
          .withHint("Give the type of what it is of: " + name.getSimple() + "(BIGINT).");
    }
    try {
      UserFunctions.check(function);
    } catch (CaissonException e) {
      SqlNode body = syntax.body();
      throw body == null ? e : e.withPosition(errors.position(body.getParserPosition()));
    }
    if (create.replace()) {
      checkReplaced(function, name);
    }
    return new Statement.CreateFunction(function, create.replace());
  }

  private List<SqlType> types(List<SqlDataTypeSpec> specs) {
    return specs.stream().map(spec -> ColumnTypes.of(spec, true, errors)).toList();
  }

  private String target(FunctionSyntax syntax) {
    SqlIdentifier language = syntax.language();
    SqlNode body = syntax.body();
    if (language == null || body == null) {
      throw errors
          .at(
              SqlState.INVALID_FUNCTION_DEFINITION,
              language == null ? "no language specified" : "no function body specified",
              syntax.name().getParserPosition())
          .withHint(
              syntax.kind() == Kind.AGGREGATE
                  ? "Write LANGUAGE java AS 'com.example.Class'."
                  : "Write LANGUAGE java AS 'com.example.Class.method'.");
    }
    if (!language.getSimple().equalsIgnoreCase("java")) {
      throw errors
          .at(
              SqlState.UNDEFINED_NAME,
              "language \"" + language.getSimple() + "\" does not exist",
              language.getParserPosition())
          .withHint("Functions are written in java.");
    }
    return Definitions.text(body);
  }

  private Volatility volatility(FunctionSyntax syntax) {
    Volatility volatility = Volatility.VOLATILE;
    for (SqlIdentifier word : syntax.words()) {
      switch (word.getSimple()) {
        case "immutable", "stable", "volatile" ->
            volatility = Volatility.valueOf(word.getSimple().toUpperCase(Locale.ROOT));
        // A NULL argument never reaches the function, so that this is said of all of them.
        case "strict" -> {}
        default ->
            throw errors
                .at(
                    SqlState.SYNTAX_ERROR,
                    "syntax error at or near \"" + word.getSimple() + "\"",
                    word.getParserPosition())
                .withHint("There are LANGUAGE, AS, IMMUTABLE, STABLE, VOLATILE and STRICT.");
      }
    }
    return volatility;
  }

  private void checkName(FunctionDefinition function, SqlIdentifier name) {
    boolean taken =
        UserFunctions.builtIn().defines(function.name(), function.arguments())
            || UserFunctions.builtIn().isReserved(function.name());
    if (taken) {
      throw errors
          .at(
              SqlState.DUPLICATE_FUNCTION,
              "there is a built-in function \"" + function.name() + "\"",
              name.getParserPosition())
          .withHint("Choose another name.");
    }
    for (FunctionDefinition other : catalog.functionsNamed(function.name())) {
      if (other.kind() != function.kind()) {
        throw errors
            .at(
                SqlState.DUPLICATE_FUNCTION,
                "there is " + described(other.kind()) + " \"" + function.name() + "\"",
                name.getParserPosition())
            .withHint("Choose another name: functions and aggregates share their names.");
      }
    }
  }

  private static String described(Kind kind) {
    return kind == Kind.AGGREGATE ? "an aggregate" : "a function";
  }

  private void checkReplaced(FunctionDefinition function, SqlIdentifier name) {
    for (FunctionDefinition old : catalog.functionsNamed(function.name())) {
      if (!old.signature().equals(function.signature())) {
        continue;
      }
      if (!old.result().equals(function.result())) {
        throw errors
            .at(
                SqlState.INVALID_FUNCTION_DEFINITION,
                "cannot change return type of existing " + old.kind().words(),
                name.getParserPosition())
            .withHint("Use DROP " + old.kind().name() + " " + old.signature() + " first.");
      }
      // What a view was computed with must stay what it was.
      List<String> kept = users(old, ViewDefinition.class);
      if (!kept.isEmpty()) {
        throw dependents("replace", old, kept, name);
      }
    }
  }

  Statement drop(StatementSyntax.DropFunction drop) {
    SqlIdentifier name = drop.name();
    List<FunctionDefinition> named = catalog.functionsNamed(name.getSimple());
    List<SqlDataTypeSpec> arguments = drop.arguments();
    if (arguments != null) {
      List<SqlType> types = types(arguments);
      named = named.stream().filter(f -> sameKinds(f.arguments(), types)).toList();
    }
    if (named.isEmpty()) {
      if (drop.ifExists()) {
        return new Statement.DropFunction(drop.kind(), null);
      }
      throw errors.at(
          SqlState.UNDEFINED_FUNCTION,
          drop.kind().words() + " " + called(name, arguments) + " does not exist",
          name.getParserPosition());
    }
    if (named.size() > 1) {
      throw errors
          .at(
              SqlState.AMBIGUOUS_FUNCTION,
              drop.kind().words() + " name \"" + name.getSimple() + "\" is not unique",
              name.getParserPosition())
          .withHint("Specify the argument list to select the function unambiguously.");
    }
    FunctionDefinition function = named.get(0);
    checkKind(drop.kind(), function, name);
    List<String> users = users(function, CatalogObject.class);
    if (!users.isEmpty()) {
      throw dependents("drop", function, users, name);
    }
    return new Statement.DropFunction(drop.kind(), function);
  }

  private void checkKind(Kind dropped, FunctionDefinition function, SqlIdentifier name) {
    if (function.kind() != dropped) {
      throw errors
          .at(
              SqlState.WRONG_OBJECT_TYPE,
              function.signature() + " is " + described(function.kind()),
              name.getParserPosition())
          .withHint("Use DROP " + function.kind().name() + ".");
    }
  }

  private String called(SqlIdentifier name, @Nullable List<SqlDataTypeSpec> arguments) {
    return arguments == null
        ? name.getSimple()
        : types(arguments).stream()
            .map(SqlType::sql)
            .collect(Collectors.joining(", ", name.getSimple() + "(", ")"));
  }

  private static boolean sameKinds(List<SqlType> some, List<SqlType> others) {
    return some.stream()
        .map(SqlType::kind)
        .toList()
        .equals(others.stream().map(SqlType::kind).toList());
  }

  private CaissonException dependents(
      String doing, FunctionDefinition function, List<String> users, SqlIdentifier name) {
    String views = users.stream().map(u -> "\"" + u + "\"").collect(Collectors.joining(", "));
    return errors
        .at(
            SqlState.DEPENDENT_OBJECTS,
            "cannot "
                + doing
                + " "
                + function.kind().words()
                + " "
                + function.signature()
                + ": "
                + views
                + " need it",
            name.getParserPosition())
        .withHint("Drop " + views + " first.");
  }

  /** The views of a class whose queries don't mean anything without a function. */
  private List<String> users(FunctionDefinition function, Class<?> kind) {
    var rest = new ArrayList<>(catalog.functions());
    rest.remove(function);
    Catalog without = catalog.withFunctions(rest);
    var users = new ArrayList<String>();
    for (CatalogObject object : catalog.objects().values()) {
      String query =
          object instanceof ViewDefinition view
              ? view.query()
              : object instanceof PlainViewDefinition view ? view.query() : null;
      if (query != null
          && kind.isInstance(object)
          && !valid(query, without.asKnownTo(object.id()))) {
        users.add(object.name());
      }
    }
    return users;
  }

  private boolean valid(String query, Catalog without) {
    try {
      SqlNode syntax = ViewQueryText.parse(query, errors).query();
      var validator =
          new QueryValidator(
              without, functions.with(without.functions()), errors, QueryPlanner.newPlanner());
      var unused = validator.validate(syntax);
      return true;
    } catch (CaissonException e) {
      return false;
    }
  }
}
