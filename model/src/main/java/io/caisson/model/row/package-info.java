/** What all models that SQL sees as relations hand out. */
@NullMarked
package io.caisson.model.row;

import org.jspecify.annotations.NullMarked;
