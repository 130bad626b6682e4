/**
 * The journal: what was committed since the tree was last brought to disk, and the checkpoints that
 * say from where it counts.
 */
@NullMarked
package io.caisson.fdb.embedded.journal;

import org.jspecify.annotations.NullMarked;
