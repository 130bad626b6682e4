package io.caisson.tests.scenario;

import java.util.Locale;

/** By what a view is judged. */
enum Oracle {
  /** Its query, asked once. */
  QUERY,
  /** Its query in another database. */
  OTHER,
  /** Its query over the rows of stream {@code e} that were not late for it. */
  IN_TIME,
  /** A view like it that takes in all of history at once: its rows, and its late rows. */
  AGAIN,
  /** As the others, but it may need a moment, because a tick has to come. */
  SOON;

  /** Its name in a scenario's text. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of a name. */
  static Oracle of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
