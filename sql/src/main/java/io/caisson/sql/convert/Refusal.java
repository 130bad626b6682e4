package io.caisson.sql.convert;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;

/** Errors of queries that cannot be kept. Stateless. */
final class Refusal {
  private Refusal() {}

  static CaissonException timeZone(String what) {
    return of(
        "what depends on the time zone of a session, such as " + what,
        "Say the time zone: t AT TIME ZONE 'UTC' is a TIMESTAMP, and of a TIMESTAMP a TIMESTAMPTZ.");
  }

  static CaissonException of(String what, String hint) {
    return new CaissonException(
            SqlState.FEATURE_NOT_SUPPORTED, "a materialized view cannot have " + what + " yet")
        .withHint(hint);
  }
}
