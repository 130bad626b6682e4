package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.PlainViewDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.catalog.ViewDefinition;
import java.util.ArrayList;
import java.util.List;

/** What of a catalog SQL can name in FROM. Stateless. */
final class Relations {
  private Relations() {}

  /** All relations in the order of their names, what belongs to views behind them. */
  static List<CatalogObject> of(Catalog catalog) {
    var relations = new ArrayList<CatalogObject>();
    for (CatalogObject object : catalog.objects().values()) {
      if (object instanceof ViewDefinition view && view.internal()) {
        continue;
      }
      if (!object.columns().isEmpty()) {
        relations.add(object);
      }
      if (object instanceof ViewDefinition view) {
        relations.addAll(view.parts());
      }
    }
    return relations;
  }

  /** What the standard calls a kind of relation, where it has a word for it. */
  static String type(CatalogObject object) {
    if (object instanceof TableDefinition) {
      return "BASE TABLE";
    }
    return object instanceof PlainViewDefinition ? "VIEW" : object.kind();
  }

  /** Whether rows can be inserted. */
  static boolean isInsertable(CatalogObject object) {
    return object instanceof TableDefinition || object instanceof StreamDefinition;
  }

  static String yesOrNo(boolean truth) {
    return truth ? "YES" : "NO";
  }
}
