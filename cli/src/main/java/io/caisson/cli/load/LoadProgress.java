package io.caisson.cli.load;

import io.caisson.cli.command.Streams;
import io.caisson.time.Clock;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a load has come: a bar on a terminal, nothing elsewhere. For the appending thread. */
final class LoadProgress implements AutoCloseable {
  private static final int WIDTH = 79;
  private static final int UPDATE_MILLIS = 200;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long MEBI = 1 << 20;

  private final long started = Clock.system().monotonicNanos();
  private final @Nullable ProgressBar bar;

  LoadProgress(Streams streams, String task, long bytes) {
    bar =
        streams.terminalErr()
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(bytes)
                .setUnit(" MB", MEBI)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(streams.err(), WIDTH))
                .build()
            : null;
  }

  void at(long bytes, long rows) {
    if (bar != null) {
      bar.stepTo(bytes);
      bar.setExtraMessage(String.format(Locale.ROOT, "%,.0f rows/s", perSecond(rows)));
    }
  }

  double seconds() {
    return (Clock.system().monotonicNanos() - started) / NANOS_PER_SECOND;
  }

  double perSecond(long rows) {
    return rows / Math.max(seconds(), 1e-3);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
