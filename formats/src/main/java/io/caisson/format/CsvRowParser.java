package io.caisson.format;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** CSV records whose header names the columns. For one thread. */
public final class CsvRowParser implements RowParser {
  private static final int UNKNOWN = -1;

  private final CsvFields fields = new CsvFields();
  private final TextValues values = TextValues.lenient();
  private final int[] columns;

  /**
   * A parser for rows of the given columns.
   *
   * @param header the header's fields
   * @param unknownFields told each name that is no column
   * @throws CaissonException 22P04 when the header names a column twice, or none at all
   */
  public CsvRowParser(
      List<String> header, List<RowColumn> columns, Consumer<String> unknownFields) {
    List<String> names = columns.stream().map(RowColumn::name).toList();
    var seen = new HashSet<String>();
    this.columns = new int[header.size()];
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip();
      this.columns[i] = names.indexOf(name);
      if (!seen.add(name)) {
        throw new CaissonException(
            SqlState.BAD_INPUT_FILE, "the header names \"" + name + "\" twice");
      }
      if (this.columns[i] == UNKNOWN) {
        unknownFields.accept(name);
      }
    }
    if (seen.stream().noneMatch(names::contains)) {
      throw new CaissonException(
              SqlState.BAD_INPUT_FILE, "no field of the header is a column of the stream")
          .withHint("the stream has " + String.join(", ", names));
    }
  }

  /** The header at the reader's current line. */
  public static List<String> header(LineReader line) throws IOException {
    var fields = new CsvFields();
    try {
      fields.read(line);
    } catch (BadRow e) {
      throw new CaissonException(
          SqlState.BAD_INPUT_FILE, "the header is not CSV: " + e.reason(), e);
    }
    return fields.texts().stream().map(String::strip).toList();
  }

  @Override
  public void parse(LineReader line, ParsedRows row) throws BadRow, IOException {
    row.clear();
    fields.read(line);
    if (fields.count() != columns.length) {
      throw new BadRow(fields.count() + " fields, but the header has " + columns.length);
    }
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != UNKNOWN && !fields.isNull(i)) {
        values.set(row, columns[i], fields.bytes(), fields.start(i), fields.end(i));
      }
    }
    row.commit();
  }
}
