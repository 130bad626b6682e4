package io.caisson.catalog.system;

import io.caisson.catalog.Catalog;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.FunctionDefinition;
import io.caisson.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code caisson_catalog.functions}: the functions and aggregates that users have made. Stateless.
 */
final class FunctionsTable implements DefinitionTable {
  @Override
  public String schema() {
    return SystemTables.CAISSON_CATALOG;
  }

  @Override
  public String name() {
    return "functions";
  }

  @Override
  public List<ColumnDefinition> columns() {
    return List.of(
        SystemTable.text("name"),
        SystemTable.text("arguments"),
        SystemTable.text("result"),
        SystemTable.text("language"),
        SystemTable.text("volatility"),
        SystemTable.text("definition"),
        SystemTable.text("kind"));
  }

  @Override
  public List<@Nullable Object[]> rows(Catalog catalog) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (FunctionDefinition function : catalog.functions()) {
      rows.add(
          new Object[] {
            function.name(),
            function.arguments().stream().map(SqlType::sql).collect(Collectors.joining(", ")),
            function.result().sql(),
            "java",
            function.volatility().name(),
            function.target(),
            function.kind().words()
          });
    }
    return rows;
  }
}
