/**
 * Row pattern recognition: which rows of a sorted partition match a pattern. Standing and ad-hoc
 * queries ask the same classes, which know rows by their numbers only; what a row's values are and
 * what a condition says of them is their business.
 */
@NullMarked
package io.caisson.function.match;

import org.jspecify.annotations.NullMarked;
