/**
 * Rows with weights, sorted, in layers: the newest in memory, the older ones as runs of blocks that
 * somebody else stores. All state of the dataflow engine lies here.
 */
@NullMarked
package io.caisson.dataflow.arrangement;

import org.jspecify.annotations.NullMarked;
