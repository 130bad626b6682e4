/** Values of columns as programs see them, and back. */
@NullMarked
package io.caisson.engine.row;

import org.jspecify.annotations.NullMarked;
