/** Wires SQL, dataflow and model together: the implementation of the API. */
@NullMarked
package io.caisson.engine;

import org.jspecify.annotations.NullMarked;
