package io.caisson.sql;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.Comments.Place;
import io.caisson.catalog.IndexedRelation;
import io.caisson.catalog.ViewPart;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.define.Definitions;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.error.Suggestion;
import io.caisson.sql.syntax.StatementSyntax;
import io.caisson.sql.syntax.StatementSyntax.ObjectKind;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Finds what COMMENT ON is about. For one statement. */
final class CommentPreparer {
  private final Catalog catalog;
  private final SqlErrors errors;

  CommentPreparer(Catalog catalog, SqlErrors errors) {
    this.catalog = catalog;
    this.errors = errors;
  }

  Statement prepare(StatementSyntax.Comment comment) {
    SqlNode text = comment.text();
    return new Statement.Comment(place(comment), text == null ? null : Definitions.text(text));
  }

  private Place place(StatementSyntax.Comment comment) {
    ObjectKind kind = comment.kind();
    SqlIdentifier name = comment.name();
    if (kind == null) {
      return column(name);
    }
    String simple = name.names.get(name.names.size() - 1);
    if (kind == ObjectKind.INDEX) {
      IndexedRelation indexed =
          catalog
              .objectOfIndex(simple)
              .orElseThrow(
                  () ->
                      errors.at(
                          SqlState.UNDEFINED_OBJECT,
                          "relation \"" + simple + "\" does not exist",
                          name.getParserPosition()));
      return Place.index(indexed, indexed.index(simple).orElseThrow());
    }
    CatalogObject object = object(simple, name.getParserPosition());
    ObjectKinds.check(kind, object, name, "COMMENT ON", errors);
    return Place.of(object);
  }

  private CatalogObject object(String name, SqlParserPos place) {
    CatalogObject object = catalog.find(name).orElseThrow(() -> errors.noRelation(name, place));
    if (object instanceof ViewPart part) {
      throw errors
          .at(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" can't have comments", place)
          .withHint("It goes with its view \"" + part.view().name() + "\".");
    }
    return object;
  }

  private Place column(SqlIdentifier name) {
    int parts = name.names.size();
    if (parts < 2) {
      throw errors.at(
          SqlState.SYNTAX_ERROR, "column name must be qualified", name.getParserPosition());
    }
    CatalogObject object =
        object(name.names.get(parts - 2), name.getComponentParserPosition(parts - 2));
    String column = name.names.get(parts - 1);
    List<ColumnDefinition> columns = object.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column) && !columns.get(i).hidden()) {
        return Place.column(object, i);
      }
    }
    CaissonException error =
        errors.at(
            SqlState.UNDEFINED_COLUMN,
            "column \"" + column + "\" of relation \"" + object.name() + "\" does not exist",
            name.getComponentParserPosition(parts - 1));
    throw Suggestion.nearest(column, columns.stream().map(ColumnDefinition::name).toList())
        .map(near -> error.withHint("Did you mean \"" + near + "\"?"))
        .orElse(error);
  }
}
