package io.caisson.engine.session;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.sql.CopyEnd;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The streams that come with a COPY that names no file.
 *
 * @param in where rows are read, or null
 * @param out where rows are written, or null
 */
record CopyStreams(@Nullable InputStream in, @Nullable OutputStream out) {
  static final CopyStreams NONE = new CopyStreams(null, null);

  InputStream in(CopyEnd end) {
    if (in == null) {
      throw missing("COPY FROM STDIN reads its rows from a stream", "Session.copyIn", end);
    }
    return in;
  }

  OutputStream out(CopyEnd end) {
    if (out == null) {
      throw missing("COPY TO STDOUT writes its rows to a stream", "Session.copyOut", end);
    }
    return out;
  }

  private static CaissonException missing(String what, String method, CopyEnd end) {
    return new CaissonException(SqlState.FEATURE_NOT_SUPPORTED, what + ", and there is none")
        .withPosition(end.position())
        .withHint("Name a file, or run the statement with " + method + ".");
  }
}
