/** How much is stored, counted as it is written. */
@NullMarked
package io.caisson.model.statistics;

import org.jspecify.annotations.NullMarked;
