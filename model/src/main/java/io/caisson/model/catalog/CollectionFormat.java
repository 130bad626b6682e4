package io.caisson.model.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.catalog.CollectionDefinition;
import io.caisson.catalog.DocumentIndex;
import java.util.List;

/**
 * Definitions of collections as JSON. Those from before SQL made indexes of them have no {@code
 * nextNumber}. Stateless.
 *
 * <pre>
 * "indexes": [{"id": 2, "name": "by_user", "path": "user.name", "readable": true}],
 * "nextNumber": 4,
 * "sqlIndexes": [{"id": 3, "name": "carts_expr_idx", …}]     as {@link TableFormat} has them
 * </pre>
 */
final class CollectionFormat {
  private CollectionFormat() {}

  static void write(CollectionDefinition collection, ObjectNode json) {
    ArrayNode paths = json.putArray("indexes");
    for (DocumentIndex index : collection.pathIndexes()) {
      paths
          .addObject()
          .put("id", index.id())
          .put("name", index.name())
          .put("path", index.path())
          .put("readable", index.readable());
    }
    json.put("nextNumber", collection.nextNumber());
    ArrayNode indexes = json.putArray("sqlIndexes");
    collection.indexes().forEach(index -> TableFormat.writeIndex(index, indexes.addObject()));
  }

  static CollectionDefinition read(long id, String name, StrictObject json) {
    List<DocumentIndex> paths =
        json.objects("indexes").stream().map(CollectionFormat::readPathIndex).toList();
    if (!json.has("nextNumber")) {
      var collection = new CollectionDefinition(id, name);
      for (DocumentIndex index : paths) {
        collection = collection.with(index);
      }
      return collection;
    }
    int nextNumber = json.integer("nextNumber");
    return new CollectionDefinition(
        id,
        name,
        paths,
        nextNumber,
        json.objects("sqlIndexes").stream().map(TableFormat::readIndex).toList());
  }

  private static DocumentIndex readPathIndex(StrictObject json) {
    var index =
        new DocumentIndex(
            json.integer("id"), json.text("name"), json.text("path"), json.truth("readable"));
    json.end();
    return index;
  }
}
