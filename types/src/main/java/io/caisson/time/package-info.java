/** Clocks, and time as text. */
@NullMarked
package io.caisson.time;

import org.jspecify.annotations.NullMarked;
