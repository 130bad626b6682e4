/**
 * Which windows a point in time falls into. Standing and ad-hoc queries ask the same classes, in
 * units of their own.
 */
@NullMarked
package io.caisson.function.window;

import org.jspecify.annotations.NullMarked;
