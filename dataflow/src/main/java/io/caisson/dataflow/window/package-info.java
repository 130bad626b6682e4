/** Which windows a point in time falls into. */
@NullMarked
package io.caisson.dataflow.window;

import org.jspecify.annotations.NullMarked;
