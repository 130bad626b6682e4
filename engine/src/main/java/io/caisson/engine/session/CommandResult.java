package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.ResultColumn;
import io.caisson.Row;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The answer of a command without rows.
 *
 * @param command its tag
 */
record CommandResult(String command) implements Result {
  @Override
  public List<ResultColumn> columns() {
    return List.of();
  }

  @Override
  public Iterator<Row> iterator() {
    return Collections.emptyIterator();
  }

  @Override
  public List<Row> toList() {
    return List.of();
  }

  @Override
  public void close() {}
}
