/** Appending to streams. */
@NullMarked
package io.caisson.engine.stream;

import org.jspecify.annotations.NullMarked;
