/**
 * Turns expressions into Java classes: one fused loop over the rows of a batch for each filter or
 * projection.
 */
@NullMarked
package io.caisson.engine.compile;

import org.jspecify.annotations.NullMarked;
