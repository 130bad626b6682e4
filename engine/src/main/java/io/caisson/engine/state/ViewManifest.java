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
 *   byte   format (1)
 *   UTF    plan      fingerprint of the plan whose state this is
 *   long   frontier  all input up to this store version is in the runs
 *   long   nextRun   number that no run of the view has had
 *   int n, long × n  what the watermark tracker knows; n = 0 without event time
 *   int m, m × { UTF arrangement, int r, r × { int length, run metadata } }
 * </pre>
 *
 * @param plan fingerprint of the plan whose state this is
 * @param frontier all input up to this store version is in the runs
 * @param nextRun number that no run of the view has had
 * @param watermark what the watermark tracker knows; empty without event time
 * @param runs the runs' metadata by arrangement
 */
record ViewManifest(
    String plan,
    long frontier,
    long nextRun,
    List<Long> watermark,
    Map<String, List<byte[]>> runs) {
  private static final int FORMAT = 1;

  ViewManifest {
    watermark = List.copyOf(watermark);
    runs = Map.copyOf(runs);
  }

  /** The state of a view that has none yet. */
  static ViewManifest none(String plan) {
    return new ViewManifest(plan, 0, 1, List.of(), Map.of());
  }

  byte[] encode() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(plan);
      out.writeLong(frontier);
      out.writeLong(nextRun);
      out.writeInt(watermark.size());
      for (long value : watermark) {
        out.writeLong(value);
      }
      out.writeInt(runs.size());
      for (var entry : new TreeMap<>(runs).entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().size());
        for (byte[] run : entry.getValue()) {
          out.writeInt(run.length);
          out.write(run);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ViewManifest decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new CaissonException(
                SqlState.DATA_CORRUPTED, "a view's manifest has the unknown format " + format)
            .withHint("it was written by a newer version of Caisson");
      }
      String plan = in.readUTF();
      long frontier = in.readLong();
      long nextRun = in.readLong();
      var watermark = new ArrayList<Long>();
      for (int left = in.readInt(); left > 0; left--) {
        watermark.add(in.readLong());
      }
      var runs = new TreeMap<String, List<byte[]>>();
      for (int left = in.readInt(); left > 0; left--) {
        String arrangement = in.readUTF();
        runs.put(arrangement, readRuns(in));
      }
      return new ViewManifest(plan, frontier, nextRun, watermark, runs);
    } catch (IOException e) {
      throw new CaissonException(SqlState.DATA_CORRUPTED, "a view's manifest is cut short", e);
    }
  }

  private static List<byte[]> readRuns(DataInputStream in) throws IOException {
    var runs = new ArrayList<byte[]>();
    for (int left = in.readInt(); left > 0; left--) {
      runs.add(in.readNBytes(in.readInt()));
    }
    return runs;
  }
}
