package io.caisson.sql;

import io.caisson.error.Position;
import io.caisson.sql.parse.StatementText;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement whose grammar is right, its names not yet looked up. Immutable. */
public final class ParsedStatement {
  private final StatementText text;
  private final SqlNode syntax;

  ParsedStatement(StatementText text, SqlNode syntax) {
    this.text = text;
    this.syntax = syntax;
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

  SqlNode syntax() {
    return syntax;
  }

  @Override
  public String toString() {
    return text();
  }
}
