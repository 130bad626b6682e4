package io.caisson.sql.define;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.CheckDefinition;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ColumnValue;
import io.caisson.catalog.ForeignKeyDefinition;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.syntax.ColumnSyntax;
import io.caisson.sql.syntax.ConstraintSyntax;
import io.caisson.sql.syntax.ExpressionSyntax;
import io.caisson.sql.syntax.TableChangeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What an ALTER TABLE makes of a table. Changes that need a look at the rows leave something in the
 * new definition that is not validated yet. For one statement.
 */
public final class TableChanges {
  private final Catalog catalog;
  private final SqlErrors errors;
  private final TableDefinitions definitions;
  private final ColumnExpressions expressions;
  private final List<Integer> notNull = new ArrayList<>();
  private TableDefinition table;

  /** Changes of one table. */
  public TableChanges(
      Catalog catalog,
      SqlErrors errors,
      TableDefinitions definitions,
      ColumnExpressions expressions,
      TableDefinition table) {
    this.catalog = catalog;
    this.errors = errors;
    this.definitions = definitions;
    this.expressions = expressions;
    this.table = table;
  }

  /** The table as it is after the changes so far. */
  public TableDefinition table() {
    return table;
  }

  /** Ids of columns that shall be NOT NULL once no row has NULL there. */
  public List<Integer> notNull() {
    return notNull;
  }

  /** Makes one change. */
  public void apply(TableChangeSyntax change) {
    if (change instanceof TableChangeSyntax.AddColumn add) {
      addColumn(add);
    } else if (change instanceof TableChangeSyntax.AddConstraint add) {
      addConstraints(add);
    } else if (change instanceof TableChangeSyntax.DropColumn drop) {
      dropColumn(drop);
    } else if (change instanceof TableChangeSyntax.DropConstraint drop) {
      dropConstraint(drop);
    } else if (change instanceof TableChangeSyntax.Rename rename) {
      checkNoViews("rename table \"" + table.name() + "\"", rename.newName());
      table = table.withName(rename.newName().getSimple());
    } else if (change instanceof TableChangeSyntax.RenameColumn rename) {
      renameColumn(rename);
    } else if (change instanceof TableChangeSyntax.SetDefault set) {
      setDefault(set);
    } else if (change instanceof TableChangeSyntax.SetNotNull set) {
      setNotNull(set);
    }
  }

  private ColumnDefinition column(SqlIdentifier name) {
    return definitions.rules().column(table, name);
  }

  private void addColumn(TableChangeSyntax.AddColumn add) {
    ColumnSyntax syntax = add.elements().columns().get(0);
    SqlParserPos place = syntax.name().getParserPosition();
    if (table.position(syntax.name().getSimple()) >= 0) {
      if (add.ifNotExists()) {
        return;
      }
      throw errors.at(
          SqlState.DUPLICATE_COLUMN,
          "column \""
              + syntax.name().getSimple()
              + "\" of relation \""
              + table.name()
              + "\" already exists",
          place);
    }
    if (syntax.primaryKey()) {
      throw errors.unsupported("a primary key cannot be added to a table", place);
    }
    ColumnDefinition column = definitions.column(syntax, false);
    if (column.value() instanceof ColumnValue.Generated || column.numbered()) {
      throw errors
          .unsupported("a generated or identity column cannot be added to a table", place)
          .withHint("Add a plain column and UPDATE it, or create the table anew.");
    }
    boolean required = !column.type().nullable();
    boolean filled = column.value() instanceof ColumnValue.Default;
    if (required && !filled) {
      column = column.withType(column.type().withNullable(true));
    }
    var columns = new ArrayList<>(table.columns());
    columns.add(table.visibleColumns().size(), column);
    table = table.withColumns(columns);
    if (required && !filled) {
      requireNotNull(table.columns().get(table.position(column.name())));
    }
    for (ConstraintSyntax constraint : add.elements().constraints()) {
      table = definitions.rules().with(table, constraint, false);
    }
  }

  private void requireNotNull(ColumnDefinition column) {
    notNull.add(column.id());
  }

  private void addConstraints(TableChangeSyntax.AddConstraint add) {
    if (!add.elements().primaryKeys().isEmpty()) {
      throw errors
          .at(
              SqlState.INVALID_DEFINITION,
              "multiple primary keys for table \"" + table.name() + "\" are not allowed",
              add.elements().primaryKeys().get(0).getParserPosition())
          .withHint("Add a UNIQUE constraint.");
    }
    for (ConstraintSyntax constraint : add.elements().constraints()) {
      table = definitions.rules().with(table, constraint, false);
    }
  }

  private void dropColumn(TableChangeSyntax.DropColumn drop) {
    if (drop.ifExists() && table.position(drop.column().getSimple()) < 0) {
      return;
    }
    ColumnDefinition column = column(drop.column());
    List<String> dependents = dependents(column);
    if (!dependents.isEmpty()) {
      throw errors
          .at(
              SqlState.DEPENDENT_OBJECTS,
              "cannot drop column \""
                  + column.name()
                  + "\" of table \""
                  + table.name()
                  + "\" because other objects depend on it: "
                  + String.join(", ", dependents),
              drop.column().getParserPosition())
          .withHint("Drop them first.");
    }
    if (table.visibleColumns().size() == 1) {
      throw errors.at(
          SqlState.INVALID_DEFINITION, "a table needs a column", drop.column().getParserPosition());
    }
    table = table.withColumns(table.columns().stream().filter(c -> c.id() != column.id()).toList());
  }

  /** What would make no sense without a column. */
  private List<String> dependents(ColumnDefinition column) {
    int id = column.id();
    var dependents = new ArrayList<String>();
    if (table.primaryKeyIds().contains(id)) {
      dependents.add("primary key");
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.holds(id) || expressionsOf(index).contains(id)) {
        dependents.add((index.constraint() ? "constraint \"" : "index \"") + index.name() + "\"");
      }
    }
    for (CheckDefinition check : table.checks()) {
      if (check.columns().contains(id)) {
        dependents.add("constraint \"" + check.name() + "\"");
      }
    }
    for (ForeignKeyDefinition key : table.foreignKeys()) {
      if (key.columns().contains(id)) {
        dependents.add("constraint \"" + key.name() + "\"");
      }
    }
    for (ColumnDefinition other : table.columns()) {
      if (other.value() instanceof ColumnValue.Generated generated
          && columnsIn(generated.expression(), other).contains(id)) {
        dependents.add("column \"" + other.name() + "\"");
      }
    }
    dependents.addAll(referring(id));
    dependents.addAll(views());
    return dependents;
  }

  private List<String> referring(int id) {
    return catalog.referringTo(table.id()).stream()
        .flatMap(
            other ->
                other.foreignKeys().stream()
                    .filter(key -> key.table() == table.id() && key.referenced().contains(id))
                    .map(key -> "constraint \"" + key.name() + "\" of \"" + other.name() + "\""))
        .toList();
  }

  private List<String> views() {
    return catalog.objects().values().stream()
        .filter(o -> o instanceof ViewDefinition view && view.inputs().contains(table.id()))
        .map(CatalogObject::name)
        .map(name -> "view \"" + name + "\"")
        .toList();
  }

  private void checkNoViews(String action, SqlIdentifier place) {
    List<String> views = views();
    if (!views.isEmpty()) {
      throw errors
          .at(
              SqlState.DEPENDENT_OBJECTS,
              "cannot "
                  + action
                  + " because other objects depend on it: "
                  + String.join(", ", views),
              place.getParserPosition())
          .withHint("Drop them first.");
    }
  }

  private List<Integer> expressionsOf(IndexDefinition index) {
    return index.keys().stream()
        .filter(IndexDefinition.ExpressionKey.class::isInstance)
        .map(key -> ((IndexDefinition.ExpressionKey) key).expression())
        .flatMap(text -> columnsIn(text, null).stream())
        .toList();
  }

  private List<Integer> columnsIn(String text, @Nullable ColumnDefinition generated) {
    var node = SqlTextParser.parseExpression(text, errors);
    return generated == null
        ? expressions.indexed(table, node).columns()
        : expressions.generated(table, node, generated.type()).columns();
  }

  private void dropConstraint(TableChangeSyntax.DropConstraint drop) {
    String name = drop.constraint().getSimple();
    SqlParserPos place = drop.constraint().getParserPosition();
    TableDefinition before = table;
    var index = table.index(name).filter(IndexDefinition::constraint);
    if (index.isPresent()) {
      checkNotNeeded(catalog, table, index.get(), errors, place);
      table = table.withIndexes(without(table.indexes(), index.get()));
    }
    table = table.withChecks(table.checks().stream().filter(c -> !c.name().equals(name)).toList());
    table =
        table.withForeignKeys(
            table.foreignKeys().stream().filter(k -> !k.name().equals(name)).toList());
    if (table.equals(before) && !drop.ifExists()) {
      if (name.equals(table.primaryKeyName())) {
        throw errors.unsupported("a primary key cannot be dropped", place);
      }
      throw errors.at(
          SqlState.UNDEFINED_NAME,
          "constraint \"" + name + "\" of relation \"" + table.name() + "\" does not exist",
          place);
    }
  }

  private static List<IndexDefinition> without(
      List<IndexDefinition> indexes, IndexDefinition gone) {
    return indexes.stream().filter(index -> index.id() != gone.id()).toList();
  }

  /** Fails where a foreign key would lose the only way to find what it looks for. */
  public static void checkNotNeeded(
      Catalog catalog,
      TableDefinition table,
      IndexDefinition index,
      SqlErrors errors,
      @Nullable SqlParserPos place) {
    TableDefinition rest = table.withIndexes(without(table.indexes(), index));
    List<Integer> keys = TableRules.keys(index);
    String needed =
        catalog.referringTo(table.id()).stream()
            .flatMap(other -> other.foreignKeys().stream())
            .filter(key -> key.table() == table.id())
            .filter(key -> index.unique() && keys.size() == key.referenced().size())
            .filter(key -> keys.containsAll(key.referenced()))
            .map(ForeignKeyDefinition::name)
            .collect(Collectors.joining(", "));
    String used =
        table.foreignKeys().stream()
            .filter(key -> !TableRules.led(rest, key.columns()))
            .map(ForeignKeyDefinition::name)
            .collect(Collectors.joining(", "));
    String constraints = needed.isEmpty() ? used : needed;
    if (!constraints.isEmpty()) {
      throw errors
          .at(
              SqlState.DEPENDENT_OBJECTS,
              "cannot drop \""
                  + index.name()
                  + "\" because other objects depend on it: foreign key "
                  + constraints,
              place)
          .withHint("Drop the foreign key first, with ALTER TABLE ... DROP CONSTRAINT.");
    }
  }

  private void renameColumn(TableChangeSyntax.RenameColumn rename) {
    ColumnDefinition column = column(rename.column());
    String newName = rename.newName().getSimple();
    if (table.position(newName) >= 0) {
      throw errors.at(
          SqlState.DUPLICATE_COLUMN,
          "column \"" + newName + "\" of relation \"" + table.name() + "\" already exists",
          rename.newName().getParserPosition());
    }
    checkNoViews("rename column \"" + column.name() + "\"", rename.column());
    String oldName = column.name();
    table = table.withColumn(column.withName(newName));
    var columns = new ArrayList<ColumnDefinition>();
    for (ColumnDefinition other : table.columns()) {
      columns.add(
          other.value() instanceof ColumnValue.Generated generated
              ? other.withValue(
                  new ColumnValue.Generated(
                      RenamedColumn.in(generated.expression(), oldName, newName, errors)))
              : other);
    }
    table =
        table
            .withColumns(columns)
            .withChecks(
                table.checks().stream()
                    .map(
                        check ->
                            new CheckDefinition(
                                check.name(),
                                RenamedColumn.in(check.condition(), oldName, newName, errors),
                                check.columns(),
                                check.validated()))
                    .toList())
            .withIndexes(table.indexes().stream().map(i -> renamed(i, oldName, newName)).toList());
  }

  private IndexDefinition renamed(IndexDefinition index, String oldName, String newName) {
    List<IndexDefinition.IndexKey> keys =
        index.keys().stream()
            .map(
                key ->
                    key instanceof IndexDefinition.ExpressionKey expression
                        ? new IndexDefinition.ExpressionKey(
                            RenamedColumn.in(expression.expression(), oldName, newName, errors),
                            expression.type(),
                            key.descending(),
                            key.nullsFirst())
                        : key)
            .toList();
    return new IndexDefinition(
        index.id(),
        index.name(),
        index.unique(),
        index.constraint(),
        keys,
        index.included(),
        index.state());
  }

  private void setDefault(TableChangeSyntax.SetDefault set) {
    ColumnDefinition column = column(set.column());
    if (column.generated() || column.numbered()) {
      throw errors.at(
          SqlState.SYNTAX_ERROR,
          "column \""
              + column.name()
              + "\" of relation \""
              + table.name()
              + "\" is "
              + (column.generated() ? "a generated" : "an identity")
              + " column",
          set.column().getParserPosition());
    }
    ExpressionSyntax value = set.value();
    table = table.withColumn(definitions.withDefault(column.withValue(null), value));
  }

  private void setNotNull(TableChangeSyntax.SetNotNull set) {
    ColumnDefinition column = column(set.column());
    if (set.notNull()) {
      if (column.type().nullable()) {
        requireNotNull(column);
      }
      return;
    }
    boolean inKey = table.primaryKeyIds().contains(column.id());
    if (inKey || column.numbered()) {
      throw errors.at(
          SqlState.INVALID_DEFINITION,
          "column \"" + column.name() + "\" is in a primary key or an identity column",
          set.column().getParserPosition());
    }
    checkNoViews("let column \"" + column.name() + "\" be NULL", set.column());
    table = table.withColumn(column.withType(column.type().withNullable(true)));
  }
}
