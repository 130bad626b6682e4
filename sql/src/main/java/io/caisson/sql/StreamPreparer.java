package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.define.Definitions;
import io.caisson.sql.define.StreamOptions;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.error.Suggestion;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.syntax.ColumnSyntax;
import io.caisson.sql.syntax.OptionSyntax;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.syntax.StreamChangeSyntax;
import io.caisson.sql.validate.ColumnTypes;
import io.caisson.sql.write.InsertPlanner;
import io.caisson.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Understands CREATE CHANGELOG and ALTER STREAM. For one statement. */
final class StreamPreparer {
  private final Catalog catalog;
  private final SqlErrors errors;
  private final InsertPlanner planner;

  /**
   * A preparer of one statement.
   *
   * @param catalog the objects that exist
   * @param errors makes errors with places in the statement
   * @param planner plans constants
   */
  StreamPreparer(Catalog catalog, SqlErrors errors, InsertPlanner planner) {
    this.catalog = catalog;
    this.errors = errors;
    this.planner = planner;
  }

  Statement changelog(StatementSyntax.CreateChangelog create) {
    SqlIdentifier name = create.table();
    CatalogObject object =
        catalog
            .find(name.getSimple())
            .orElseThrow(() -> errors.noRelation(name.getSimple(), name.getParserPosition()));
    if (object instanceof TableDefinition table) {
      return new Statement.CreateStream(
          new Definitions(errors).changelog(create, table), create.ifNotExists());
    }
    throw errors.at(
        SqlState.WRONG_OBJECT_TYPE,
        "\""
            + object.name()
            + "\" is a "
            + object.kind().toLowerCase(Locale.ROOT)
            + ", not a table",
        name.getParserPosition());
  }

  Statement alter(StatementSyntax.AlterStream alter) {
    String name = alter.name().getSimple();
    CatalogObject object = catalog.find(name).orElse(null);
    if (object == null && !alter.ifExists()) {
      throw errors.noRelation(name, alter.name().getParserPosition());
    }
    if (object != null && !(object instanceof StreamDefinition)) {
      throw errors.at(
          SqlState.WRONG_OBJECT_TYPE,
          "\"" + name + "\" is a " + object.kind().toLowerCase(Locale.ROOT) + ", not a stream",
          alter.name().getParserPosition());
    }
    var stream = (StreamDefinition) object;
    return new Statement.AlterStream(
        stream == null ? null : name, change(stream, alter.change(), alter.name()));
  }

  private StreamChange change(
      @Nullable StreamDefinition stream, StreamChangeSyntax change, SqlIdentifier name) {
    if (change instanceof StreamChangeSyntax.SetOptions set) {
      return options(set.options());
    }
    if (change instanceof StreamChangeSyntax.ResetOptions reset) {
      var options = new HashMap<String, @Nullable String>();
      for (SqlNode node : reset.names()) {
        String option = ((SqlIdentifier) node).getSimple();
        options.put(new StreamOptions(errors).changeable(option, node.getParserPosition()), null);
      }
      return new StreamChange.SetOptions(options);
    }
    if (change instanceof StreamChangeSyntax.Rename rename) {
      checkReaders(stream, "renamed", name);
      return new StreamChange.Rename(newName(rename.to()));
    }
    if (change instanceof StreamChangeSyntax.RenameColumn rename) {
      checkFixed(stream, name);
      checkColumn(stream, rename.column());
      checkNoColumn(stream, rename.to());
      checkReaders(stream, "changed that way", name);
      return new StreamChange.RenameColumn(rename.column().getSimple(), newName(rename.to()));
    }
    if (change instanceof StreamChangeSyntax.DropColumn drop) {
      checkColumn(stream, drop.column());
      throw errors
          .unsupported("a stream cannot lose a column", drop.column().getParserPosition())
          .withHint(
              "Its rows are never rewritten. Read it through a view that selects the other"
                  + " columns.");
    }
    checkFixed(stream, name);
    return addColumn(stream, (StreamChangeSyntax.AddColumn) change);
  }

  private StreamChange options(List<OptionSyntax> given) {
    var options = new StreamOptions(errors);
    for (OptionSyntax option : given) {
      var unused = options.changeable(option.name().getSimple(), option.name().getParserPosition());
    }
    Map<String, @Nullable String> changes = new HashMap<>(options.read(given));
    return new StreamChange.SetOptions(changes);
  }

  private StreamChange addColumn(
      @Nullable StreamDefinition stream, StreamChangeSyntax.AddColumn add) {
    ColumnSyntax syntax = add.column();
    if (!add.ifNotExists()) {
      checkNoColumn(stream, syntax.name());
    }
    SqlType type = ColumnTypes.of(syntax.type(), !syntax.notNull(), errors);
    var column = new ColumnDefinition(newName(syntax.name()), type);
    SqlNode value = add.value();
    if (value == null && syntax.notNull()) {
      throw errors
          .at(
              SqlState.NOT_NULL_VIOLATION,
              "column \""
                  + column.name()
                  + "\" of relation \""
                  + (stream == null ? "" : stream.name())
                  + "\" contains null values",
              syntax.name().getParserPosition())
          .withHint("Give the rows that are there already a value with DEFAULT.");
    }
    return new StreamChange.AddColumn(
        column, value == null ? null : constant(value, column), add.ifNotExists());
  }

  /** A query of one row: the value as the column's type. */
  private PreparedQuery constant(SqlNode value, ColumnDefinition column) {
    SqlNode row = SqlStdOperatorTable.ROW.createCall(value.getParserPosition(), value);
    SqlNode rows = SqlStdOperatorTable.VALUES.createCall(value.getParserPosition(), row);
    return planner.source(rows, List.of(column), false);
  }

  private String newName(SqlIdentifier name) {
    if (name.getSimple().contains("$")) {
      throw errors.at(
          SqlState.INVALID_NAME,
          "the name \"" + name.getSimple() + "\" must not contain $",
          name.getParserPosition());
    }
    return name.getSimple();
  }

  private void checkColumn(@Nullable StreamDefinition stream, SqlIdentifier name) {
    if (stream == null) {
      return;
    }
    List<String> names = stream.columns().stream().map(ColumnDefinition::name).toList();
    if (!names.contains(name.getSimple())) {
      CaissonException error =
          errors.at(
              SqlState.UNDEFINED_COLUMN,
              "column \"" + name.getSimple() + "\" does not exist",
              name.getParserPosition());
      throw Suggestion.nearest(name.getSimple(), names)
          .map(near -> error.withHint("Did you mean \"" + near + "\"?"))
          .orElse(error);
    }
  }

  private void checkNoColumn(@Nullable StreamDefinition stream, SqlIdentifier name) {
    if (stream != null
        && stream.columns().stream().anyMatch(c -> c.name().equals(name.getSimple()))) {
      throw errors.at(
          SqlState.DUPLICATE_COLUMN,
          "column \""
              + name.getSimple()
              + "\" of relation \""
              + stream.name()
              + "\" already exists",
          name.getParserPosition());
    }
  }

  private void checkFixed(@Nullable StreamDefinition stream, SqlIdentifier name) {
    if (stream != null && stream.changelogOf().isPresent()) {
      throw errors
          .at(
              SqlState.WRONG_OBJECT_TYPE,
              "the columns of changelog \"" + stream.name() + "\" are those of its table",
              name.getParserPosition())
          .withHint("Drop the changelog and create it anew when its table has changed.");
    }
  }

  private void checkReaders(@Nullable StreamDefinition stream, String what, SqlIdentifier name) {
    List<String> readers = stream == null ? List.of() : catalog.readersOf(stream.id());
    if (stream != null && !readers.isEmpty()) {
      String views = "\"" + String.join("\", \"", readers) + "\"";
      throw errors
          .at(
              SqlState.DEPENDENT_OBJECTS,
              "\""
                  + stream.name()
                  + "\" can't be "
                  + what
                  + ": "
                  + views
                  + (readers.size() == 1 ? " reads" : " read")
                  + " it",
              name.getParserPosition())
          .withHint("The queries of views name it. Drop " + views + " first.");
    }
  }
}
