/**
 * The B+ tree on disk: LMDB behind byte-array keys of up to 30,000 bytes. Internal to the embedded
 * engine.
 */
@NullMarked
package io.caisson.fdb.embedded.tree;

import org.jspecify.annotations.NullMarked;
