package io.caisson.sql.write;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.error.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** The columns of a target that a statement names. Stateless. */
final class TargetColumns {
  private TargetColumns() {}

  /** The positions of the columns that are named; all where none are. */
  static int[] positions(@Nullable SqlNodeList named, CatalogObject target, SqlErrors errors) {
    List<String> names =
        target.columns().stream()
            .filter(column -> !column.hidden())
            .map(ColumnDefinition::name)
            .toList();
    if (named == null) {
      return IntStream.range(0, names.size()).toArray();
    }
    int[] positions = new int[named.size()];
    var seen = new HashSet<Integer>();
    for (int i = 0; i < positions.length; i++) {
      SqlNode node = named.get(i);
      String name = node instanceof SqlIdentifier id ? id.names.get(id.names.size() - 1) : "";
      positions[i] = names.indexOf(name);
      if (positions[i] < 0) {
        CaissonException error =
            errors.at(
                SqlState.UNDEFINED_COLUMN,
                "column \"" + name + "\" of relation \"" + target.name() + "\" does not exist",
                node.getParserPosition());
        throw Suggestion.nearest(name, names)
            .map(near -> error.withHint("Did you mean \"" + near + "\"?"))
            .orElse(error);
      }
      if (!seen.add(positions[i])) {
        throw errors.at(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + name + "\" specified more than once",
            node.getParserPosition());
      }
    }
    return positions;
  }
}
