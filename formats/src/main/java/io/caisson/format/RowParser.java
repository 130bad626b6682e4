package io.caisson.format;

import java.io.IOException;

/** Turns lines into rows. For one thread. */
public interface RowParser {
  /**
   * Reads the row that begins with the reader's current line; a form whose rows span lines takes
   * further ones.
   *
   * @throws BadRow when the line is no row; the reader then stands at the line to reject
   */
  void parse(LineReader line, ParsedRows row) throws BadRow, IOException;
}
