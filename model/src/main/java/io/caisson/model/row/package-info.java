/** What all models that SQL sees as relations hand out: pieces and matches of rows. */
@NullMarked
package io.caisson.model.row;

import org.jspecify.annotations.NullMarked;
