package io.caisson.model.stream;

/**
 * What an append added to its transaction. Immutable.
 *
 * @param duplicate whether the producer had made this append before: nothing was written
 * @param rows how many rows were written
 * @param blocks in how many blocks
 * @param bytes how many bytes the blocks take
 */
public record AppendResult(boolean duplicate, int rows, int blocks, long bytes) {
  static final AppendResult DUPLICATE = new AppendResult(true, 0, 0, 0);
}
