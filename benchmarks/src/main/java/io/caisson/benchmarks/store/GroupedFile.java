package io.caisson.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * No store at all: threads that wait, and one that writes so many bytes for each to the end of a
 * file, syncs it once for all who wait, and wakes them. The bound of what threads gain that share a
 * sync on a machine, whatever else is done for them.
 */
@State(Scope.Benchmark)
public class GroupedFile {
  private static final int BYTES = 128;
  private static final int FILE_BYTES = 64 << 20;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long IDLE_NANOS = 1_000_000;

  private final AtomicReference<@Nullable Waiting> newest = new AtomicReference<>();
  private Path directory = Path.of("");
  private volatile boolean closed;
  private volatile boolean idle;

  @SuppressWarnings("NullAway.Init") // set up by JMH
  private Thread writer;

  @SuppressWarnings("NullAway.Init") // set up by JMH
  private FileChannel file;

  private static final class Waiting {
    private final Thread thread = Thread.currentThread();
    private volatile boolean done;
    private @Nullable Waiting older;
  }

  /** Makes the file as long as it will be. */
  @Setup
  public void open() throws IOException {
    directory = Workload.newDirectory();
    file =
        FileChannel.open(
            directory.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ByteBuffer zeros = ByteBuffer.allocateDirect(BUFFER_BYTES);
    for (long at = 0; at < FILE_BYTES; at += BUFFER_BYTES) {
      int unused = file.write(zeros.clear(), at);
    }
    file.force(true);
    writer = new Thread(this::write, "writer");
    writer.start();
  }

  /** Removes the file. */
  @TearDown
  public void close() throws InterruptedException, IOException {
    closed = true;
    writer.join();
    file.close();
    Workload.delete(directory);
  }

  /** One thread at a time. */
  @Benchmark
  public void sync() {
    await();
  }

  /** Many threads at once. */
  @Benchmark
  @Threads(64)
  public void syncOf64Threads() {
    await();
  }

  private void await() {
    Waiting waiting = new Waiting();
    Waiting head;
    do {
      head = newest.get();
      waiting.older = head;
    } while (!newest.compareAndSet(head, waiting));
    if (idle) {
      LockSupport.unpark(writer);
    }
    while (!waiting.done) {
      LockSupport.park(this);
    }
  }

  private void write() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long position = 0;
    try {
      while (!closed) {
        Waiting group = newest.getAndSet(null);
        if (group == null) {
          idle = true;
          if (newest.get() == null) {
            LockSupport.parkNanos(this, IDLE_NANOS);
          }
          idle = false;
          continue;
        }
        int count = 0;
        for (Waiting one = group; one != null; one = one.older) {
          count++;
        }
        bytes.clear().limit(count * BYTES);
        position = position + bytes.limit() > FILE_BYTES ? 0 : position;
        position += file.write(bytes, position);
        file.force(false);
        for (Waiting one = group; one != null; one = one.older) {
          one.done = true;
          LockSupport.unpark(one.thread);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
