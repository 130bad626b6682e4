package io.caisson.dataflow.arrangement;

/**
 * Where the blocks of an arrangement's runs are read from; whoever stores them implements it, with
 * a cache. Thread-safe.
 */
@FunctionalInterface
public interface BlockReader {
  /**
   * Reads a block.
   *
   * @param run the run's id
   * @param block the block's number in the run, from 0
   * @return the block's bytes as the run's writer gave them; not changed by the caller
   */
  byte[] read(long run, int block);
}
