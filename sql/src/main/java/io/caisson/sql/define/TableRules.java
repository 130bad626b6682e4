package io.caisson.sql.define;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.syntax.ConstraintSyntax;
import io.caisson.sql.syntax.ExpressionSyntax;
import io.caisson.sql.syntax.IndexSyntax;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Makes constraints and indexes of a table from what was written. For one statement. */
final class TableRules {
  private final Catalog catalog;
  private final SqlErrors errors;
  private final ColumnExpressions expressions;
  private final Function<SqlParserPos, String> text;

  /**
   * Rules of one statement.
   *
   * @param text the statement's text at a place
   */
  TableRules(
      Catalog catalog,
      SqlErrors errors,
      ColumnExpressions expressions,
      Function<SqlParserPos, String> text) {
    this.catalog = catalog;
    this.errors = errors;
    this.expressions = expressions;
    this.text = text;
  }

  String textOf(ExpressionSyntax expression) {
    return text.apply(expression.place());
  }

  /**
   * The table with one constraint more.
   *
   * @param fresh whether the table is new, so that the constraint holds for all of its rows
   */
  TableDefinition with(TableDefinition table, ConstraintSyntax constraint, boolean fresh) {
    if (constraint instanceof ConstraintSyntax.Unique unique) {
      return table.withIndex(unique(table, unique, fresh));
    }
    if (constraint instanceof ConstraintSyntax.Check check) {
      return withCheck(table, check, fresh);
    }
    return withForeignKey(table, (ConstraintSyntax.ForeignKey) constraint, fresh);
  }

  private IndexDefinition unique(
      TableDefinition table, ConstraintSyntax.Unique unique, boolean fresh) {
    List<Integer> ids = ids(table, unique.columns());
    String name = name(table, unique.name(), names(unique.columns()), "key");
    List<IndexDefinition.IndexKey> keys =
        ids.stream()
            .<IndexDefinition.IndexKey>map(id -> new IndexDefinition.ColumnKey(id, false, false))
            .toList();
    return new IndexDefinition(0, name, true, true, keys, List.of(), state(fresh));
  }

  private static IndexDefinition.State state(boolean fresh) {
    return fresh ? IndexDefinition.State.READABLE : IndexDefinition.State.BUILDING;
  }

  private TableDefinition withCheck(
      TableDefinition table, ConstraintSyntax.Check check, boolean fresh) {
    ColumnExpressions.OverTable planned = expressions.check(table, check.condition().node());
    String columns =
        planned.columns().size() == 1 ? table.columnOf(planned.columns().get(0)).name() : "";
    String name = name(table, check.name(), columns, "check");
    var checks = new ArrayList<>(table.checks());
    checks.add(new CheckDefinition(name, textOf(check.condition()), planned.columns(), fresh));
    return table.withChecks(checks);
  }

  private TableDefinition withForeignKey(
      TableDefinition table, ConstraintSyntax.ForeignKey key, boolean fresh) {
    List<Integer> columns = ids(table, key.columns());
    TableDefinition target = target(table, key);
    List<Integer> referenced =
        key.referenced().isEmpty() ? target.primaryKeyIds() : ids(target, key.referenced());
    SqlParserPos place = key.table().getParserPosition();
    if (columns.size() != referenced.size()) {
      throw errors.at(
          SqlState.INVALID_REFERENCE,
          "number of referencing and referenced columns for foreign key disagree",
          place);
    }
    if (!unique(target, referenced)) {
      throw errors.at(
          SqlState.INVALID_REFERENCE,
          "there is no unique constraint matching given keys for referenced table \""
              + target.name()
              + "\"",
          place);
    }
    String name = name(table, key.name(), names(key.columns()), "fkey");
    for (int i = 0; i < columns.size(); i++) {
      ColumnDefinition from = table.columnOf(columns.get(i));
      ColumnDefinition to = target.columnOf(referenced.get(i));
      if (!comparable(from.type(), to.type())) {
        throw errors
            .at(
                SqlState.DATATYPE_MISMATCH,
                "foreign key constraint \"" + name + "\" cannot be implemented",
                place)
            .withHint(
                "Key columns \""
                    + from.name()
                    + "\" and \""
                    + to.name()
                    + "\" are of incompatible types: "
                    + from.type().sql()
                    + " and "
                    + to.type().sql()
                    + ".");
      }
    }
    var keys = new ArrayList<>(table.foreignKeys());
    keys.add(
        new ForeignKeyDefinition(
            name,
            columns,
            target.id(),
            referenced,
            action(key.onDelete(), place),
            action(key.onUpdate(), place),
            fresh));
    TableDefinition with = table.withForeignKeys(keys);
    return led(with, columns) ? with : with.withIndex(supporting(with, key, columns, fresh));
  }

  private TableDefinition target(TableDefinition table, ConstraintSyntax.ForeignKey key) {
    String name = key.table().getSimple();
    SqlParserPos place = key.table().getParserPosition();
    if (name.equals(table.name())) {
      return table;
    }
    var object = catalog.find(name).orElseThrow(() -> errors.noRelation(name, place));
    if (object instanceof TableDefinition target) {
      return target;
    }
    throw errors.at(
        SqlState.WRONG_OBJECT_TYPE, "referenced relation \"" + name + "\" is not a table", place);
  }

  private static boolean unique(TableDefinition table, List<Integer> columns) {
    return Set.copyOf(table.primaryKeyIds()).equals(Set.copyOf(columns))
        || table.indexes().stream()
            .filter(index -> index.unique() && index.readable())
            .map(TableRules::keys)
            .anyMatch(keys -> keys.size() == columns.size() && keys.containsAll(columns));
  }

  /** Whether the primary key or an index begins with the columns. */
  static boolean led(TableDefinition table, List<Integer> columns) {
    return begins(table.primaryKeyIds(), columns)
        || table.indexes().stream().anyMatch(index -> begins(keys(index), columns));
  }

  private static boolean begins(List<Integer> keys, List<Integer> columns) {
    return keys.size() >= columns.size() && keys.subList(0, columns.size()).containsAll(columns);
  }

  /** The ids of an index's keys; -1 for an expression. */
  static List<Integer> keys(IndexDefinition index) {
    return index.keys().stream().map(key -> key.column().orElse(-1)).toList();
  }

  private IndexDefinition supporting(
      TableDefinition table,
      ConstraintSyntax.ForeignKey key,
      List<Integer> columns,
      boolean fresh) {
    List<IndexDefinition.IndexKey> keys =
        columns.stream()
            .<IndexDefinition.IndexKey>map(id -> new IndexDefinition.ColumnKey(id, false, false))
            .toList();
    String name = name(table, null, names(key.columns()), "idx");
    return new IndexDefinition(0, name, false, false, keys, List.of(), state(fresh));
  }

  private static boolean comparable(SqlType a, SqlType b) {
    if (a.element() != null && b.element() != null) {
      return a.elements().kind() == b.elements().kind();
    }
    return a.kind() == b.kind() || (integer(a.kind()) && integer(b.kind()));
  }

  private static boolean integer(TypeKind kind) {
    return kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
  }

  private ForeignKeyDefinition.Action action(String sql, SqlParserPos place) {
    return Stream.of(ForeignKeyDefinition.Action.values())
        .filter(action -> action.sql().equals(sql))
        .findFirst()
        .orElseThrow(
            () ->
                errors
                    .unsupported(sql + " of a foreign key is not supported", place)
                    .withHint("Use SET NULL, CASCADE or NO ACTION."));
  }

  /** The index of a CREATE INDEX. */
  IndexDefinition index(TableDefinition table, IndexSyntax syntax) {
    var keys = new ArrayList<IndexDefinition.IndexKey>();
    var parts = new ArrayList<String>();
    for (IndexSyntax.Key key : syntax.keys()) {
      SqlNode node = key.expression().node();
      if (node instanceof SqlIdentifier id && id.isSimple()) {
        int column = id(table, id);
        keys.add(new IndexDefinition.ColumnKey(column, key.descending(), key.nullsFirst()));
        parts.add(id.getSimple());
      } else {
        var planned = expressions.indexed(table, node);
        keys.add(
            new IndexDefinition.ExpressionKey(
                unwrapped(textOf(key.expression())),
                planned.expression().type(),
                key.descending(),
                key.nullsFirst()));
        parts.add("expr");
      }
    }
    List<Integer> included = ids(table, syntax.included());
    SqlIdentifier given = syntax.name();
    String name =
        given != null ? given.getSimple() : name(table, null, String.join("_", parts), "idx");
    return new IndexDefinition(
        0, name, syntax.unique(), false, keys, included, IndexDefinition.State.BUILDING);
  }

  /** An expression without parentheses around all of it. */
  private static String unwrapped(String text) {
    int depth = 0;
    for (int i = 0; i < text.length() - 1; i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return text;
      }
    }
    return text.endsWith(")") ? text.substring(1, text.length() - 1).strip() : text;
  }

  private static String names(SqlNodeList columns) {
    return columns.stream()
        .map(node -> ((SqlIdentifier) node).getSimple())
        .collect(Collectors.joining("_"));
  }

  private List<Integer> ids(TableDefinition table, SqlNodeList columns) {
    var ids = new ArrayList<Integer>();
    for (SqlNode node : columns) {
      int id = id(table, (SqlIdentifier) node);
      if (ids.contains(id)) {
        throw errors.at(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + ((SqlIdentifier) node).getSimple() + "\" specified more than once",
            node.getParserPosition());
      }
      ids.add(id);
    }
    return ids;
  }

  private int id(TableDefinition table, SqlIdentifier name) {
    return column(table, name).id();
  }

  /** The column of a name, which must be there and one that users see. */
  ColumnDefinition column(TableDefinition table, SqlIdentifier name) {
    int position = table.position(name.getSimple());
    if (position < 0 || table.columns().get(position).hidden()) {
      throw errors.at(
          SqlState.UNDEFINED_COLUMN,
          "column \"" + name.getSimple() + "\" of relation \"" + table.name() + "\" does not exist",
          name.getParserPosition());
    }
    return table.columns().get(position);
  }

  /** The given name, which must be free, or one made as PostgreSQL makes it. */
  private String name(
      TableDefinition table, @Nullable SqlIdentifier given, String columns, String suffix) {
    Set<String> taken = taken(table);
    if (given != null) {
      if (taken.contains(given.getSimple())) {
        throw errors.at(
            SqlState.DUPLICATE_CONSTRAINT,
            "constraint \""
                + given.getSimple()
                + "\" for relation \""
                + table.name()
                + "\" already exists",
            given.getParserPosition());
      }
      return given.getSimple();
    }
    String stem = table.name() + (columns.isEmpty() ? "" : "_" + columns) + "_" + suffix;
    String name = stem;
    for (int number = 1; taken.contains(name) || known(name); number++) {
      name = stem + number;
    }
    return name;
  }

  private boolean known(String name) {
    return catalog.find(name).isPresent() || catalog.objectOfIndex(name).isPresent();
  }

  private static Set<String> taken(TableDefinition table) {
    var names = new HashSet<String>();
    names.add(table.primaryKeyName());
    table.indexes().forEach(index -> names.add(index.name()));
    table.checks().forEach(check -> names.add(check.name()));
    table.foreignKeys().forEach(key -> names.add(key.name()));
    return names;
  }
}
