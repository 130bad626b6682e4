/** The tables that show the catalog to SQL, one class each. */
@NullMarked
package io.caisson.catalog.system;

import org.jspecify.annotations.NullMarked;
