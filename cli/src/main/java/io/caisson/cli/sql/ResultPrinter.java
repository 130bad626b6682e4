package io.caisson.cli.sql;

import io.caisson.ResultColumn;
import io.caisson.Row;
import java.util.List;

/** Writes the rows of one result in some form as they come. For one thread and one result. */
interface ResultPrinter {
  /** Before the first row. */
  void begin(List<ResultColumn> columns);

  /** One row. */
  void row(Row row);

  /** Writes out what is held back for a nicer layout; rows may still follow. */
  void settle();

  /** After the last row. */
  void end();
}
