package io.caisson.engine.session;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.Comments;
import io.caisson.catalog.Comments.Place;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.IndexedRelation;

/** Comments as the statements that would make them. Stateless. */
final class CommentText {
  private CommentText() {}

  /** The statements that make the comments on an object, each behind a semicolon. */
  static String of(CatalogObject object, Comments comments) {
    var text = new StringBuilder();
    String name = DefinitionText.quoted(object.name());
    comments.on(Place.of(object)).ifPresent(c -> add(text, object.kind() + " " + name, c));
    for (int i = 0; i < object.columns().size(); i++) {
      String column = name + "." + DefinitionText.quoted(object.columns().get(i).name());
      comments.on(Place.column(object, i)).ifPresent(c -> add(text, "COLUMN " + column, c));
    }
    if (object instanceof IndexedRelation indexed) {
      for (IndexDefinition index : indexed.indexes()) {
        String what = "INDEX " + DefinitionText.quoted(index.name());
        comments.on(Place.index(indexed, index)).ifPresent(c -> add(text, what, c));
      }
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String what, String comment) {
    text.append(";\nCOMMENT ON ")
        .append(what)
        .append(" IS '")
        .append(comment.replace("'", "''"))
        .append('\'');
  }
}
