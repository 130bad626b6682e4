/** Rows as bytes: blocks of columns, single rows, and the numbers inside them. */
@NullMarked
package io.caisson.model.codec;

import org.jspecify.annotations.NullMarked;
