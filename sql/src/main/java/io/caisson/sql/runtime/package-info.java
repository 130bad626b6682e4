/**
 * The operators that ad-hoc queries run in place of Calcite's: aggregates, windows, recursion, and
 * the account of what a statement holds in memory. Rows are arrays of Calcite's values.
 */
@NullMarked
package io.caisson.sql.runtime;

import org.jspecify.annotations.NullMarked;
