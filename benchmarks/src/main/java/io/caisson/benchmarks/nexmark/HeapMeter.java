package io.caisson.benchmarks.nexmark;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/**
 * Finds how much of the heap was in use at most, as the garbage collector left it each time: what
 * is only garbage until the next collection does not count. Thread-safe; measures until it is
 * closed.
 */
final class HeapMeter implements AutoCloseable {
  private final NotificationListener listener = (collected, handback) -> note();
  private final AtomicLong most = new AtomicLong();

  /** Begins to measure, after a collection. */
  HeapMeter() {
    System.gc();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
    }
  }

  /** What each pool of the heap held after the last collection of it. */
  private void note() {
    long used =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getCollectionUsage)
            .filter(Objects::nonNull)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    most.accumulateAndGet(used, Math::max);
  }

  /** The most that was in use after a collection so far, and now, in bytes. */
  long peakBytes() {
    return Math.max(nowBytes(), most.get());
  }

  /** How much is in use now, in bytes. */
  static long nowBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      try {
        ((NotificationEmitter) collector).removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
