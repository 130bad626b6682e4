package io.caisson.cli.load;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.LineReader;

/**
 * How far into a source the rows of a stream reach: the note that every append carries. Immutable.
 *
 * @param offset bytes of the source that are done
 * @param rejected lines among them that were rejected
 * @param tail a fingerprint of the last of these bytes
 */
record LoadPosition(long offset, long rejected, LineReader.Tail tail) {
  private static final int FIELDS = 4;
  private static final int HEX = 16;

  String note() {
    return offset + " " + rejected + " " + tail.length() + " " + Long.toHexString(tail.checksum());
  }

  static LoadPosition parse(String note) {
    if (note.isEmpty()) {
      return new LoadPosition(0, 0, new LineReader.Tail(0, 0));
    }
    String[] fields = note.split(" ", -1);
    try {
      if (fields.length == FIELDS) {
        return new LoadPosition(
            Long.parseLong(fields[0]),
            Long.parseLong(fields[1]),
            new LineReader.Tail(Integer.parseInt(fields[2]), Long.parseLong(fields[3], HEX)));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new CaissonException(
            SqlState.INVALID_PARAMETER, "the producer was not written by caisson load: " + note)
        .withHint("choose another name with --producer");
  }
}
