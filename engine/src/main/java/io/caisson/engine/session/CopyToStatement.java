package io.caisson.engine.session;

import io.caisson.Result;
import io.caisson.Row;
import io.caisson.catalog.Catalog;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.RowColumn;
import io.caisson.format.RowWriter;
import io.caisson.sql.CopyEnd;
import io.caisson.sql.Statement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * COPY TO: rows are written while they are read. A file is there with all of its rows or, after an
 * error, as it was before. For one thread.
 */
final class CopyToStatement {
  private static final int CHECK_EVERY = 1_000;

  private final QueryStatements queries;
  private final Cancellation cancellation;

  CopyToStatement(
      SessionServices services,
      SessionSettings settings,
      Catalog catalog,
      Cancellation cancellation) {
    this.queries = new QueryStatements(services, settings, catalog, cancellation);
    this.cancellation = cancellation;
  }

  Result run(Statement.CopyTo copy, CopyStreams streams, @Nullable SessionTransaction transaction) {
    CopyEnd end = copy.end();
    OutputStream out = end.file() == null ? streams.out(end) : null;
    try (Result rows =
        transaction == null
            ? queries.select(copy.query())
            : queries.select(copy.query(), transaction)) {
      long count = out == null ? toFile(copy, rows) : write(copy, rows, out);
      return new CommandResult("COPY " + count);
    } catch (CharacterCodingException e) {
      throw new CaissonException(
              SqlState.UNTRANSLATABLE_CHARACTER,
              "a value has a character that is not in encoding " + copy.format().charset(),
              e)
          .withPosition(end.position());
    } catch (IOException e) {
      throw unwritable(end, e);
    }
  }

  private static CaissonException unwritable(CopyEnd end, Exception e) {
    boolean absent = e instanceof NoSuchFileException || e instanceof InvalidPathException;
    String why =
        absent
            ? "no such directory"
            : e instanceof AccessDeniedException ? "permission denied" : e.toString();
    String what = end.file() == null ? "the rows" : "file \"" + end.file() + "\"";
    return new CaissonException(
            absent ? SqlState.UNDEFINED_FILE : SqlState.IO_ERROR,
            "could not write " + what + ": " + why,
            e)
        .withPosition(end.position());
  }

  private long toFile(Statement.CopyTo copy, Result rows) throws IOException {
    Path path;
    try {
      path = Path.of(String.valueOf(copy.end().file()));
    } catch (InvalidPathException e) {
      throw unwritable(copy.end(), e);
    }
    if (Files.isDirectory(path)) {
      throw new CaissonException(SqlState.WRONG_OBJECT_TYPE, "\"" + path + "\" is a directory")
          .withPosition(copy.end().position());
    }
    // A pipe or a device can't be replaced.
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      try (OutputStream out = Files.newOutputStream(path)) {
        return write(copy, rows, out);
      }
    }
    Path whole = path.toAbsolutePath();
    Path unfinished = whole.resolveSibling(whole.getFileName() + ".unfinished");
    try {
      long count;
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        count = write(copy, rows, out);
      }
      Files.move(unfinished, whole, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private long write(Statement.CopyTo copy, Result rows, OutputStream out) throws IOException {
    Charset charset = copy.format().charset();
    // An encoder of our own, as the default one would put question marks for what it has not.
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, charset.newEncoder()));
    RowWriter format =
        copy.format()
            .writer(
                rows.columns().stream()
                    .map(column -> new RowColumn(column.name(), column.type()))
                    .toList());
    var text = new StringBuilder();
    format.header(text);
    long count = 0;
    for (Row row : rows) {
      @Nullable Object[] values = new Object[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i);
      }
      format.row(values, text);
      writer.append(text);
      text.setLength(0);
      if (++count % CHECK_EVERY == 0) {
        cancellation.check();
      }
    }
    writer.append(text);
    writer.flush();
    return count;
  }
}
