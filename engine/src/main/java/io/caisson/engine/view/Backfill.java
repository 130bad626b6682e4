package io.caisson.engine.view;

import io.caisson.engine.state.TableProgress;
import io.caisson.engine.state.ViewProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a new view has come with the rows that its tables held before it. Tables are read one
 * after the other, page by page, each page as it stands at the moment. What was read is then kept
 * up to date from the logs, and what was not is left to the pages to come:
 *
 * <pre>
 * keys  ─────────────────▶
 *       ■■■■■■■■■■░░░░░░░░   version V: the circuit has taken in the rows ■ as they stood at V
 *       ■■■■■■■■■■▣▣▣▣░░░░   version W: of the log from V to W the changes of rows ■, and a page ▣
 *                                       as it stood at W
 * </pre>
 *
 * Behind the last page the circuit has taken in all tables as of one version. For the maintenance
 * thread.
 */
final class Backfill {
  private final List<ViewInput> inputs;
  private long version;
  private @Nullable RowPage pending;

  /** A back-fill that goes on where it was. */
  Backfill(List<ViewInput> inputs, ViewProgress progress) {
    this.inputs = inputs;
    version = progress.tablesVersion();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof TableInput table) {
        table.restore(progress.tables().get(i));
      }
    }
  }

  /** Up to which version what has been read of the tables is in the circuit; 0 for nothing. */
  long version() {
    return version;
  }

  /** The number of the input that is to be read next, if one is left. */
  Optional<Integer> next() {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof TableInput table && !table.complete()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** A page that was read while the logs up to its version were not. */
  @Nullable RowPage pending() {
    return pending;
  }

  void keep(RowPage page) {
    pending = page;
  }

  void reached(long newVersion) {
    version = newVersion;
    if (pending != null && pending.version() <= newVersion) {
      pending = null;
    }
  }

  /** How far each table has been read, by the number of the input. */
  Map<Integer, TableProgress> tables() {
    var tables = new HashMap<Integer, TableProgress>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof TableInput table) {
        TableProgress progress = table.progress();
        if (progress != null) {
          tables.put(i, progress);
        }
      }
    }
    return tables;
  }
}
