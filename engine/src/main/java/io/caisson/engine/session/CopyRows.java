package io.caisson.engine.session;

import io.caisson.catalog.ColumnDefinition;
import io.caisson.column.Columns;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.BadRow;
import io.caisson.format.FieldRowParser;
import io.caisson.format.LineReader;
import io.caisson.format.ParsedRows;
import io.caisson.format.RowColumn;
import io.caisson.format.RowFormat;
import io.caisson.format.RowParser;
import io.caisson.format.TranscodingStream;
import io.caisson.sql.CopyEnd;
import io.caisson.sql.Statement;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a COPY FROM, read page by page. To be closed. For one thread. */
final class CopyRows implements Closeable {
  private static final byte[] END_OF_DATA = {'\\', '.'};
  private static final int CHECK_EVERY = 1_000;

  private final CopyEnd end;
  private final InputStream in;
  private final boolean lines;
  private final ParsedRows rows;
  private final Cancellation cancellation;
  private final @Nullable String unknownFieldsOf;
  private LineReader reader;
  private RowParser parser;
  private long firstLine;
  private long[] lineOfRow = new long[1];
  private boolean ended;

  private CopyRows(Statement.CopyFrom copy, InputStream in, ZoneId zone, Cancellation cancellation)
      throws IOException {
    this.end = copy.end();
    this.in = in;
    this.cancellation = cancellation;
    RowFormat format = copy.format();
    lines = format.kind() != RowFormat.Kind.JSON;
    List<ColumnDefinition> all = copy.target().columns();
    // A list of columns says which fields of a JSON object count; without one each must be a
    // column.
    boolean whole = copy.columns().length == all.stream().filter(c -> !c.hidden()).count();
    unknownFieldsOf = whole ? copy.target().name() : null;
    List<RowColumn> columns =
        Arrays.stream(copy.columns())
            .mapToObj(all::get)
            .map(column -> new RowColumn(column.name(), column.type()))
            .toList();
    rows = new ParsedRows(columns);
    InputStream utf8 =
        format.charset().equals(StandardCharsets.UTF_8)
            ? in
            : new TranscodingStream(in, format.charset());
    reader = new LineReader(utf8, 0, 0, () -> {});
    if (lines) {
      FieldRowParser fields = format.fieldParser(columns, zone);
      parser = fields;
      readHeader(format, fields);
    } else {
      parser = format.jsonParser(columns, this::unknownField, zone);
    }
  }

  /** Opens the file or takes the stream that the statement reads. */
  static CopyRows open(
      Statement.CopyFrom copy, CopyStreams streams, ZoneId zone, Cancellation cancellation) {
    CopyEnd end = copy.end();
    InputStream in = end.file() == null ? streams.in(end) : open(end.file(), end);
    try {
      return new CopyRows(copy, in, zone, cancellation);
    } catch (IOException e) {
      throw unreadable(end, e);
    }
  }

  private static InputStream open(String name, CopyEnd end) {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new CaissonException(SqlState.WRONG_OBJECT_TYPE, "\"" + name + "\" is a directory")
            .withPosition(end.position());
      }
      return new BufferedInputStream(Files.newInputStream(path));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CaissonException(
              SqlState.UNDEFINED_FILE,
              "could not open file \"" + name + "\" for reading: no such file",
              e)
          .withPosition(end.position())
          .withHint("Files are read where the database runs.");
    } catch (IOException e) {
      throw unreadable(end, e);
    }
  }

  private static CaissonException unreadable(CopyEnd end, IOException e) {
    if (e instanceof CharacterCodingException) {
      return new CaissonException(
              SqlState.BAD_INPUT_FILE, "the text is not of the encoding that was said", e)
          .withPosition(end.position());
    }
    return new CaissonException(
            SqlState.IO_ERROR,
            "could not read "
                + (end.file() == null ? "the rows" : "\"" + end.file() + "\"")
                + ": "
                + e,
            e)
        .withPosition(end.position());
  }

  private void unknownField(String name) {
    if (unknownFieldsOf != null) {
      throw failure(
              SqlState.BAD_INPUT_FILE,
              "field \"" + name + "\" is no column of \"" + unknownFieldsOf + "\"")
          .withHint("Name the columns to copy, and other fields are passed over.");
    }
  }

  private void readHeader(RowFormat format, FieldRowParser fields) throws IOException {
    if (format.header() == RowFormat.Header.NONE || !reader.nextLine()) {
      return;
    }
    try {
      if (format.header() == RowFormat.Header.MATCH) {
        fields.checkHeader(reader);
      } else {
        fields.skipHeader(reader);
      }
    } catch (BadRow e) {
      throw failure(e.state(), e.reason());
    }
  }

  /** The next rows, up to about so many bytes of them; null at the end. */
  @Nullable Columns next(long bytes) {
    firstLine = reader.number() + 1;
    try {
      while (!ended && rows.byteSize() < bytes && reader.nextLine()) {
        if (reader.number() % CHECK_EVERY == 0) {
          cancellation.check();
        }
        row();
      }
    } catch (BadRow e) {
      throw failure(e.state(), e.reason());
    } catch (IOException e) {
      throw unreadable(end, e);
    }
    return rows.size() == 0 ? null : rows.build();
  }

  private void row() throws BadRow, IOException {
    if (reader.isTooLong()) {
      throw new BadRow("the line is longer than " + (LineReader.LONGEST_LINE >> 20) + " MB");
    }
    if (lines && isEndOfData()) {
      ended = true;
    } else if (lines || !reader.isBlank()) {
      int row = rows.size();
      if (row == lineOfRow.length) {
        lineOfRow = Arrays.copyOf(lineOfRow, 2 * row);
      }
      lineOfRow[row] = reader.number();
      parser.parse(reader, rows);
    }
  }

  private boolean isEndOfData() {
    return Arrays.equals(
        reader.bytes(), reader.start(), reader.end(), END_OF_DATA, 0, END_OF_DATA.length);
  }

  private CaissonException failure(SqlState state, String reason) {
    return new CaissonException(state, reason + " (line " + reader.number() + of() + ")")
        .withPosition(end.position());
  }

  private String of() {
    return end.file() == null ? "" : " of \"" + end.file() + "\"";
  }

  /**
   * The same error, saying in which line the row stands, or in which lines the page.
   *
   * @param row the row that is to blame, or −1 where that is not known
   */
  CaissonException placed(CaissonException error, int row) {
    String place =
        row >= 0
            ? " (line " + lineOfRow[row]
            : firstLine == reader.number()
                ? " (line " + firstLine
                : " (in lines " + firstLine + " to " + reader.number();
    var placed =
        new CaissonException(error.state(), error.getMessage() + place + of() + ")", error)
            .withPosition(end.position());
    String hint = error.hint();
    return hint == null ? placed : placed.withHint(hint);
  }

  @Override
  public void close() {
    if (end.file() != null) {
      try {
        in.close();
      } catch (IOException e) {
        throw unreadable(end, e);
      }
    }
  }
}
