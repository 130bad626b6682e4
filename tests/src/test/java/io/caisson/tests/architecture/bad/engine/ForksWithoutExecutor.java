package io.caisson.tests.architecture.bad.engine;

import java.util.concurrent.CompletableFuture;

/** Bad on purpose: leaves it to the common pool where its continuation runs. */
public class ForksWithoutExecutor {
  /** A continuation on nobody's threads. */
  public CompletableFuture<Integer> fork() {
    return CompletableFuture.supplyAsync(() -> 1);
  }
}
