/** Calcite's errors in our words, translated in one place. */
@NullMarked
package io.caisson.sql.error;

import org.jspecify.annotations.NullMarked;
