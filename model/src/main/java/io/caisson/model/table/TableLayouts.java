package io.caisson.model.table;

import com.apple.foundationdb.subspace.Subspace;
import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import java.util.HashMap;
import java.util.Map;

/**
 * The layouts of one definition of a table, made once. Immutable and thread-safe.
 *
 * @param rows the layout of its rows
 * @param indexes the layouts of its indexes by their numbers
 * @param space where indexes lie
 */
record TableLayouts(RowLayout rows, Map<Integer, IndexLayout> indexes, Subspace space) {
  static TableLayouts of(Subspace rows, Subspace indexes, TableDefinition table) {
    RowLayout layout = RowLayout.of(rows, table);
    var byNumber = new HashMap<Integer, IndexLayout>();
    for (IndexDefinition index : table.indexes()) {
      byNumber.put(index.id(), new IndexLayout(indexes, layout, index));
    }
    return new TableLayouts(layout, Map.copyOf(byNumber), indexes);
  }

  TableDefinition table() {
    return rows.table();
  }

  /** The layout of an index, also of one that the definition has not. */
  IndexLayout of(IndexDefinition index) {
    IndexLayout known = indexes.get(index.id());
    return known != null && known.index().equals(index)
        ? known
        : new IndexLayout(space, rows, index);
  }
}
