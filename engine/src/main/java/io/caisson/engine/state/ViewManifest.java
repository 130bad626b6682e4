package io.caisson.engine.state;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes a view's runs current: replacing it in one small transaction is the checkpoint.
 * Immutable.
 *
 * <pre>
 *   byte   format (4)
 *   UTF    plan      fingerprint of the plan whose state this is
 *   long   frontier  all input up to this store version is in the runs
 *   long   nextRun   number that no run of the view has had
 *   int n, long × n  what the watermark tracker knows; n = 0 without event time
 *   long   tables    the state has what was read of tables as of this store version
 *   int c, c × { int input, long rows, int length, key }   how far back-fills have come
 *                    (format 1 has nothing of tables)
 *   byte   caughtUp  whether it has been up to date once
 *   int i, long × i  how many rows each input has given
 *   long   rowCount  how many rows the view has           (format 2 has none of these three)
 *   int m, m × { UTF arrangement, int r, r × { int length, run metadata } }
 *   int x, x × { int index, byte complete, int length, row }
 *                    up to which row each index is built     (format 3 has none)
 * </pre>
 *
 * @param plan fingerprint of the plan whose state this is
 * @param progress what of the view's input is in the runs
 * @param nextRun number that no run of the view has had
 * @param runs the runs' metadata by arrangement
 * @param indexes how far each index is built, by its number
 */
record ViewManifest(
    String plan,
    ViewProgress progress,
    long nextRun,
    Map<String, List<byte[]>> runs,
    Map<Integer, IndexProgress> indexes) {
  private static final int FORMAT = 4;
  private static final int WITHOUT_INDEXES = 3;
  private static final int WITHOUT_ROWS = 2;
  private static final int WITHOUT_TABLES = 1;

  ViewManifest {
    runs = Map.copyOf(runs);
    indexes = Map.copyOf(indexes);
  }

  /** The state of a view that has none yet. */
  static ViewManifest none(String plan) {
    return new ViewManifest(plan, ViewProgress.NONE, 1, Map.of(), Map.of());
  }

  byte[] encode() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(plan);
      out.writeLong(progress.frontier());
      out.writeLong(nextRun);
      out.writeInt(progress.watermark().size());
      for (long value : progress.watermark()) {
        out.writeLong(value);
      }
      out.writeLong(progress.tablesVersion());
      out.writeInt(progress.tables().size());
      for (var table : new TreeMap<>(progress.tables()).entrySet()) {
        out.writeInt(table.getKey());
        out.writeLong(table.getValue().rows());
        out.writeInt(table.getValue().key().length);
        out.write(table.getValue().key());
      }
      out.writeBoolean(progress.caughtUp());
      out.writeInt(progress.rows().size());
      for (long rows : progress.rows()) {
        out.writeLong(rows);
      }
      out.writeLong(progress.rowCount());
      out.writeInt(runs.size());
      for (var entry : new TreeMap<>(runs).entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().size());
        for (byte[] run : entry.getValue()) {
          out.writeInt(run.length);
          out.write(run);
        }
      }
      writeIndexes(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void writeIndexes(DataOutputStream out) throws IOException {
    out.writeInt(indexes.size());
    for (var index : new TreeMap<>(indexes).entrySet()) {
      out.writeInt(index.getKey());
      byte[] mark = index.getValue().mark();
      out.writeBoolean(mark == null);
      if (mark != null) {
        out.writeInt(mark.length);
        out.write(mark);
      }
    }
  }

  static ViewManifest decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format < WITHOUT_TABLES || format > FORMAT) {
        throw new CaissonException(
                SqlState.DATA_CORRUPTED, "a view's manifest has the unknown format " + format)
            .withHint("it was written by a newer version of Caisson");
      }
      String plan = in.readUTF();
      long frontier = in.readLong();
      long nextRun = in.readLong();
      List<Long> watermark = readNumbers(in);
      long tablesVersion = 0;
      var tables = new TreeMap<Integer, TableProgress>();
      if (format != WITHOUT_TABLES) {
        tablesVersion = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
          int input = in.readInt();
          long rows = in.readLong();
          tables.put(input, new TableProgress(in.readNBytes(in.readInt()), rows));
        }
      }
      boolean caughtUp = format > WITHOUT_ROWS ? in.readBoolean() : frontier > 0;
      List<Long> rows = format > WITHOUT_ROWS ? readNumbers(in) : List.of();
      long rowCount = format > WITHOUT_ROWS ? in.readLong() : -1;
      var runs = new TreeMap<String, List<byte[]>>();
      for (int left = in.readInt(); left > 0; left--) {
        String arrangement = in.readUTF();
        runs.put(arrangement, readRuns(in));
      }
      var progress =
          new ViewProgress(frontier, watermark, tablesVersion, tables, rows, rowCount, caughtUp);
      Map<Integer, IndexProgress> indexes =
          format > WITHOUT_INDEXES ? readIndexes(in) : Map.<Integer, IndexProgress>of();
      return new ViewManifest(plan, progress, nextRun, runs, indexes);
    } catch (IOException e) {
      throw new CaissonException(SqlState.DATA_CORRUPTED, "a view's manifest is cut short", e);
    }
  }

  private static Map<Integer, IndexProgress> readIndexes(DataInputStream in) throws IOException {
    var indexes = new TreeMap<Integer, IndexProgress>();
    for (int left = in.readInt(); left > 0; left--) {
      int index = in.readInt();
      boolean complete = in.readBoolean();
      indexes.put(
          index,
          complete ? IndexProgress.COMPLETE : new IndexProgress(in.readNBytes(in.readInt())));
    }
    return indexes;
  }

  private static List<Long> readNumbers(DataInputStream in) throws IOException {
    var numbers = new ArrayList<Long>();
    for (int left = in.readInt(); left > 0; left--) {
      numbers.add(in.readLong());
    }
    return numbers;
  }

  private static List<byte[]> readRuns(DataInputStream in) throws IOException {
    var runs = new ArrayList<byte[]>();
    for (int left = in.readInt(); left > 0; left--) {
      runs.add(in.readNBytes(in.readInt()));
    }
    return runs;
  }
}
