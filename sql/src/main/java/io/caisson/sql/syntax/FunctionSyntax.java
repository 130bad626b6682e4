package io.caisson.sql.syntax;

import io.caisson.catalog.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** A function or an aggregate as it is created. Filled by the parser, then only read. */
public final class FunctionSyntax {
  private final FunctionDefinition.Kind kind;
  private final SqlIdentifier name;
  private final List<SqlDataTypeSpec> arguments;
  private final SqlDataTypeSpec result;
  private final List<SqlIdentifier> words = new ArrayList<>();
  private @Nullable SqlIdentifier language;
  private @Nullable SqlNode body;

  /** A function of which nothing but its types is known. */
  public FunctionSyntax(
      FunctionDefinition.Kind kind,
      SqlIdentifier name,
      List<SqlDataTypeSpec> arguments,
      SqlDataTypeSpec result) {
    this.kind = kind;
    this.name = name;
    this.arguments = List.copyOf(arguments);
    this.result = result;
  }

  /** LANGUAGE. */
  public void setLanguage(SqlIdentifier word) {
    language = word;
  }

  /** AS. */
  public void setBody(SqlNode text) {
    body = text;
  }

  /** A word such as IMMUTABLE. */
  public void addWord(SqlIdentifier word) {
    words.add(word);
  }

  /** Whether it is an aggregate. */
  public FunctionDefinition.Kind kind() {
    return kind;
  }

  /** Its name. */
  public SqlIdentifier name() {
    return name;
  }

  /** The types of its arguments. */
  public List<SqlDataTypeSpec> arguments() {
    return arguments;
  }

  /** The type of its result. */
  public SqlDataTypeSpec result() {
    return result;
  }

  /** Its language, or null where none is said. */
  public @Nullable SqlIdentifier language() {
    return language;
  }

  /** What stands behind AS, or null. */
  public @Nullable SqlNode body() {
    return body;
  }

  /** The words that say how it behaves. */
  public List<SqlIdentifier> words() {
    return words;
  }
}
