/** Immutable definitions of the objects of a database. */
@NullMarked
package io.caisson.catalog;

import org.jspecify.annotations.NullMarked;
