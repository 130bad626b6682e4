package io.caisson.fdb.embedded.tree;

/**
 * What LMDB says about the tree.
 *
 * @param entries keys, without the engine's own notes
 * @param depth levels of the tree
 * @param branchPages pages of inner nodes
 * @param leafPages pages of leaves
 * @param overflowPages pages of values that do not fit into a leaf
 * @param pageSize bytes of a page
 * @param mapBytes address space reserved for the file
 * @param usedBytes bytes of the file up to its last used page, free pages inside it included
 */
public record TreeStatistics(
    long entries,
    int depth,
    long branchPages,
    long leafPages,
    long overflowPages,
    int pageSize,
    long mapBytes,
    long usedBytes) {}
