package io.caisson.tests.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a scenario. Immutable.
 *
 * @param failure the first thing that was wrong
 * @param refused queries that CREATE refused, and why
 * @param checks how many views were compared with something
 */
record Outcome(Optional<Failure> failure, Map<String, String> refused, int checks) {
  Outcome {
    refused = Map.copyOf(refused);
  }

  /** The kind of failure, or an empty text. */
  String kind() {
    return failure.map(Failure::kind).orElse("");
  }

  /**
   * Something that is wrong.
   *
   * @param kind what, so that a smaller scenario can be seen to fail in the same way
   * @param message all there is to say
   * @param rows what was found, and what was expected; empty where something failed
   */
  record Failure(String kind, String message, List<String> rows) {
    Failure {
      rows = List.copyOf(rows);
    }

    @Override
    public String toString() {
      return kind + ": " + message + "\n" + String.join("\n", rows);
    }
  }
}
