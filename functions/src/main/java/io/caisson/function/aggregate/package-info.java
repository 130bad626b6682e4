/**
 * What aggregates do to values, one at a time. Standing and ad-hoc queries call the same, so that a
 * view equals its query to the last bit.
 */
@NullMarked
package io.caisson.function.aggregate;

import org.jspecify.annotations.NullMarked;
