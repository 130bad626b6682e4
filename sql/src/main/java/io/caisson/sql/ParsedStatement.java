package io.caisson.sql;

import io.caisson.error.Position;
import io.caisson.sql.error.SqlErrors;
import io.caisson.sql.parse.SqlTextParser;
import io.caisson.sql.parse.StatementText;
import io.caisson.sql.syntax.CopySyntax;
import io.caisson.sql.syntax.StatementNode;
import io.caisson.sql.syntax.StatementSyntax;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A statement whose grammar is right, its names not yet looked up. Thread-safe. */
public final class ParsedStatement {
  private final StatementText text;
  private final AtomicReference<@Nullable SqlNode> unused;
  private final boolean endsTransaction;
  private final List<Integer> places;
  private final @Nullable CopySyntax copy;

  ParsedStatement(StatementText text, SqlNode syntax) {
    this.text = text;
    this.places = text.parameters();
    this.unused = new AtomicReference<>(syntax);
    this.copy =
        syntax instanceof StatementNode node
                && node.statement() instanceof StatementSyntax.Copy copies
                && copies.copy().end() instanceof SqlIdentifier
            ? copies.copy()
            : null;
    this.endsTransaction =
        syntax instanceof StatementNode node
            && node.statement() instanceof StatementSyntax.Transaction step
            && step.kind() != StatementSyntax.TransactionKind.BEGIN
            && step.kind() != StatementSyntax.TransactionKind.SAVEPOINT;
  }

  /** Its text, without a semicolon. */
  public String text() {
    return text.text();
  }

  /** Where it begins in the text that was parsed. */
  public Position position() {
    return text.start();
  }

  /** The text at a place in it. */
  String textAt(SqlParserPos place) {
    return text.part(
        place.getLineNum(), place.getColumnNum(), place.getEndLineNum(), place.getEndColumnNum());
  }

  /** The syntax tree, for one preparation: checking changes it. */
  SqlNode syntax() {
    SqlNode first = unused.getAndSet(null);
    return first != null
        ? first
        : SqlTextParser.parse(text, new SqlErrors(text.start(), List.of()));
  }

  /** How many values it takes. */
  public int parameters() {
    return places.stream().mapToInt(number -> number + 1).max().orElse(0);
  }

  /** For each place for a value, from the left, which value it takes, from 0. */
  List<Integer> places() {
    return places;
  }

  /** Whether it is COPY FROM STDIN. */
  public boolean copiesIn() {
    return copy != null && copy.from();
  }

  /** Whether it is COPY TO STDOUT. */
  public boolean copiesOut() {
    return copy != null && !copy.from();
  }

  /** Whether it is COMMIT or ROLLBACK, which a transaction takes even when it has failed. */
  public boolean endsTransaction() {
    return endsTransaction;
  }

  @Override
  public String toString() {
    return text();
  }
}
