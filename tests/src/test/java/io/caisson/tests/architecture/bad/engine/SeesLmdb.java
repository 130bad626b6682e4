package io.caisson.tests.architecture.bad.engine;

/** Bad on purpose: a layer that reaches below the store's contract. */
public class SeesLmdb {
  /** A type of the tree library. */
  public Class<?> type() {
    return org.lmdbjava.Env.class;
  }
}
