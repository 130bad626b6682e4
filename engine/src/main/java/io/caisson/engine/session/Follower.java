package io.caisson.engine.session;

import io.caisson.ChangeBatch;
import io.caisson.error.CaissonException;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Reads batches on a thread of its own, as many as its subscriber has asked for, and hands them to
 * it. Thread-safe.
 */
final class Follower implements Flow.Subscription {
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Supplier<OpenSubscription> opening;
  private final Cancellation cancellation;
  private final Flow.Subscriber<? super ChangeBatch> subscriber;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long asked;
  private boolean badRequest;

  /**
   * A follower that has not started.
   *
   * @param opening begins to follow
   * @param cancellation ends it
   * @param subscriber is told
   */
  Follower(
      Supplier<OpenSubscription> opening,
      Cancellation cancellation,
      Flow.Subscriber<? super ChangeBatch> subscriber) {
    this.opening = opening;
    this.cancellation = cancellation;
    this.subscriber = subscriber;
  }

  void start(String name) {
    var thread = new Thread(this::run, "caisson-follows-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void request(long batches) {
    lock.lock();
    try {
      badRequest |= batches <= 0;
      asked = asked + batches < asked ? Long.MAX_VALUE : asked + batches;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    cancellation.cancel();
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try (OpenSubscription subscription = opening.get()) {
      while (awaitDemand()) {
        ChangeBatch batch = subscription.next(WAIT);
        if (batch != null) {
          take();
          subscriber.onNext(batch);
        }
      }
    } catch (CaissonException | IllegalArgumentException e) {
      if (!cancellation.getAsBoolean()) {
        subscriber.onError(e);
      }
    } catch (RuntimeException e) {
      cancellation.cancel();
      subscriber.onError(e);
    }
  }

  /** Waits until something is asked for; false where it was cancelled. */
  private boolean awaitDemand() {
    lock.lock();
    try {
      while (asked == 0 && !badRequest && !cancellation.getAsBoolean()) {
        changed.awaitUninterruptibly();
      }
      if (badRequest) {
        throw new IllegalArgumentException("a subscriber must ask for more than no batches");
      }
      return !cancellation.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  private void take() {
    lock.lock();
    try {
      if (asked != Long.MAX_VALUE) {
        asked--;
      }
    } finally {
      lock.unlock();
    }
  }
}
