package io.caisson.tests.docs;

import java.util.ArrayList;
import java.util.List;

/** What was typed at the prompt and what came back. Stateless. */
final class Transcript {
  private static final String FIRST = "caisson> ";
  private static final String FURTHER = "      -> ";

  private Transcript() {}

  /**
   * A statement and its answer.
   *
   * @param statement what was typed, without the prompt
   * @param answer what came back
   */
  record Exchange(String statement, String answer) {}

  /** The exchanges of a block. */
  static List<Exchange> of(Block block) {
    var exchanges = new ArrayList<Exchange>();
    var statement = new StringBuilder();
    var answer = new StringBuilder();
    for (String line : block.text().lines().toList()) {
      if (line.startsWith(FIRST)) {
        if (!statement.isEmpty()) {
          exchanges.add(new Exchange(statement.toString(), answer.toString()));
        }
        statement = new StringBuilder(line.substring(FIRST.length()));
        answer = new StringBuilder();
      } else if (line.startsWith(FURTHER) && answer.isEmpty()) {
        statement.append('\n').append(line.substring(FURTHER.length()));
      } else if (statement.isEmpty()) {
        throw new AssertionError(block.place() + ": a session begins with \"" + FIRST + "\"");
      } else {
        answer.append(line).append('\n');
      }
    }
    exchanges.add(new Exchange(statement.toString(), answer.toString()));
    return exchanges;
  }

  /** The exchanges of a transaction as one, because only one session can have it. */
  static List<Exchange> withTransactions(List<Exchange> exchanges) {
    var joined = new ArrayList<Exchange>();
    boolean open = false;
    for (Exchange exchange : exchanges) {
      if (open) {
        Exchange begun = joined.remove(joined.size() - 1);
        joined.add(
            new Exchange(
                begun.statement() + "\n" + exchange.statement(),
                begun.answer() + exchange.answer()));
      } else {
        joined.add(exchange);
      }
      open =
          exchange.statement().startsWith("BEGIN")
              || (open && !exchange.statement().matches("(COMMIT|ROLLBACK);"));
    }
    return joined;
  }
}
