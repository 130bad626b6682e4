package io.caisson.sql.write;

import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.KeyedObject;
import io.caisson.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that two rows of a table or another object can't have both. Immutable.
 *
 * @param index the unique index that sees to it, or null for the primary key
 * @param columns positions of its columns, in its order
 */
public record ConflictKey(@Nullable IndexDefinition index, List<Integer> columns) {
  /** Copies the list. */
  public ConflictKey {
    columns = List.copyOf(columns);
  }

  /** The keys of an object: the primary key, and of a table unique indexes of columns. */
  static List<ConflictKey> of(KeyedObject object) {
    var keys = new ArrayList<ConflictKey>();
    if (!object.keyHidden()) {
      keys.add(new ConflictKey(null, object.primaryKey()));
    }
    if (object instanceof TableDefinition table) {
      addUnique(table, keys);
    }
    return keys;
  }

  private static void addUnique(TableDefinition table, List<ConflictKey> keys) {
    for (IndexDefinition index : table.indexes()) {
      boolean plain = index.keys().stream().allMatch(key -> key.column().isPresent());
      if (index.unique() && index.readable() && plain) {
        List<Integer> columns =
            index.keys().stream().map(key -> table.positionOf(key.column().getAsInt())).toList();
        keys.add(new ConflictKey(index, columns));
      }
    }
  }
}
