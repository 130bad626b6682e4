/**
 * Columns in memory: primitive arrays with null bits, the form in which data moves through every
 * layer.
 */
@NullMarked
package io.caisson.column;

import org.jspecify.annotations.NullMarked;
