package io.caisson.model.keyspace;

import java.util.Locale;

/** The kinds of keys, each a directory of its own below a database's directory. */
enum Kind {
  CATALOG,
  LOG,
  BOUNDS,
  TICKS,
  ROWS,
  INDEX,
  RECORDS,
  DOCS,
  KV,
  RUNS,
  STATE,
  PRODUCERS,
  STATISTICS,
  PULSES,
  CURSORS,
  MARKERS;

  /** The last part of the directory's path. */
  String directory() {
    return name().toLowerCase(Locale.ROOT);
  }
}
