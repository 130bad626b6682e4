/** Tests of the journal and its checkpoints. */
@NullMarked
package io.caisson.fdb.embedded.journal;

import org.jspecify.annotations.NullMarked;
