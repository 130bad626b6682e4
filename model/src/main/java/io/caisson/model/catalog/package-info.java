/** Definitions of a database's objects in the store. */
@NullMarked
package io.caisson.model.catalog;

import org.jspecify.annotations.NullMarked;
