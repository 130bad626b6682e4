package io.caisson.model.table;

import io.caisson.catalog.IndexDefinition;
import io.caisson.catalog.TableDefinition;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import java.util.List;

/**
 * What the expressions in a table's definition come to for its rows. Whoever knows SQL implements
 * it; here they are text. Thread-safe.
 */
public interface RowExpressions {
  /** For tables whose definitions have no expressions. */
  RowExpressions NONE =
      new RowExpressions() {
        @Override
        public Columns generate(TableDefinition table, Columns rows) {
          return rows;
        }

        @Override
        public void check(TableDefinition table, Columns rows) {}

        @Override
        public List<Column> keys(TableDefinition table, IndexDefinition index, Columns rows) {
          return List.of();
        }
      };

  /**
   * Computes the generated columns.
   *
   * @param rows rows with all of the table's columns; what generated ones hold does not matter
   * @return the same rows with the generated columns' values
   */
  Columns generate(TableDefinition table, Columns rows);

  /**
   * Evaluates the CHECK constraints.
   *
   * @throws io.caisson.error.CaissonException CHECK_VIOLATION, naming constraint and row
   */
  void check(TableDefinition table, Columns rows);

  /** The values of an index's expressions, in the order of its keys. */
  List<Column> keys(TableDefinition table, IndexDefinition index, Columns rows);
}
