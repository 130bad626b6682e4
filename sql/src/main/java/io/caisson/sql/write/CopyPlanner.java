package io.caisson.sql.write;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.run.PreparedQuery;
import io.caisson.sql.syntax.CopySyntax;
import io.caisson.sql.syntax.QuerySyntax;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Finds what COPY copies. For one statement. */
public final class CopyPlanner {
  private final WritePlanning planning;

  /** A planner of one statement. */
  public CopyPlanner(WritePlanning planning) {
    this.planning = planning;
  }

  /**
   * Where rows are copied to.
   *
   * @param object the object
   * @param positions the positions of the columns that rows bring
   */
  public record Target(CatalogObject object, int[] positions) {}

  /** What COPY FROM writes into. */
  public Target target(CopySyntax copy) {
    SqlIdentifier name = table(copy);
    CatalogObject object = new WritePlanner(planning).insertTarget(name, "copy to");
    return new Target(object, positions(copy, object));
  }

  /** The rows that COPY TO writes. */
  public PreparedQuery source(CopySyntax copy) {
    SqlNode query = copy.query();
    if (query != null) {
      return planning.plan(planning.validate(query));
    }
    SqlIdentifier name = table(copy);
    CatalogObject object = planning.object(name);
    SqlParserPos place = name.getParserPosition();
    List<SqlIdentifier> columns =
        Arrays.stream(positions(copy, object))
            .mapToObj(position -> object.columns().get(position).name())
            .map(column -> new SqlIdentifier(List.of(object.name(), column), place))
            .toList();
    var select = QuerySyntax.select(new SqlNodeList(columns, place), name, null, place);
    return planning.plan(planning.validate(select));
  }

  private static SqlIdentifier table(CopySyntax copy) {
    SqlIdentifier name = copy.table();
    if (name == null) {
      throw new IllegalStateException("COPY of neither a table nor a query");
    }
    return name;
  }

  /** The columns that are copied: those that are named, else all but the generated ones. */
  private int[] positions(CopySyntax copy, CatalogObject object) {
    int[] named = TargetColumns.positions(copy.columns(), object, planning.errors());
    SqlNodeList names = copy.columns();
    if (names == null) {
      return Arrays.stream(named)
          .filter(position -> !object.columns().get(position).generated())
          .toArray();
    }
    for (int i = 0; i < named.length; i++) {
      ColumnDefinition column = object.columns().get(named[i]);
      if (column.generated()) {
        throw refusal(column, names.get(i));
      }
    }
    return named;
  }

  private CaissonException refusal(ColumnDefinition column, SqlNode place) {
    return planning
        .errors()
        .at(
            SqlState.INVALID_COLUMN_REFERENCE,
            "column \"" + column.name() + "\" is a generated column",
            place.getParserPosition())
        .withHint("Generated columns cannot be used in COPY.");
  }
}
