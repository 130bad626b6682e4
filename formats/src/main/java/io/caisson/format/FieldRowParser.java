package io.caisson.format;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

/** Records of separated values, a field for each column in their order. For one thread. */
public final class FieldRowParser implements RowParser {
  private final Fields fields;
  private final List<RowColumn> columns;
  private final TextValues values;

  /**
   * A parser for rows of the given columns.
   *
   * @param fields cuts lines into fields
   * @param zone the time zone of instants that name none
   */
  public FieldRowParser(Fields fields, List<RowColumn> columns, ZoneId zone) {
    this.fields = fields;
    this.columns = List.copyOf(columns);
    this.values = TextValues.inZone(zone);
  }

  /**
   * Checks that a header names the columns in their order.
   *
   * @throws BadRow 22P04 where it does not
   */
  public void checkHeader(LineReader line) throws BadRow, IOException {
    fields.read(line);
    checkCount();
    List<String> names = fields.texts();
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals(columns.get(i).name())) {
        throw new BadRow(
            "column name mismatch in header line field "
                + (i + 1)
                + ": got \""
                + names.get(i)
                + "\", expected \""
                + columns.get(i).name()
                + "\"");
      }
    }
  }

  /** Passes over a header. */
  public void skipHeader(LineReader line) throws BadRow, IOException {
    fields.read(line);
  }

  private void checkCount() throws BadRow {
    if (fields.count() > columns.size()) {
      throw new BadRow("extra data after last expected column");
    }
    if (fields.count() < columns.size()) {
      throw new BadRow("missing data for column \"" + columns.get(fields.count()).name() + "\"");
    }
  }

  @Override
  public void parse(LineReader line, ParsedRows row) throws BadRow, IOException {
    row.clear();
    fields.read(line);
    checkCount();
    for (int i = 0; i < columns.size(); i++) {
      if (!fields.isNull(i)) {
        values.set(row, i, fields.bytes(), fields.start(i), fields.end(i));
      }
    }
    row.commit();
  }
}
