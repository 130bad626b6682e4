/** JSON in the form of PostgreSQL's jsonb, as Java values and as text. */
@NullMarked
package io.caisson.model.json;

import org.jspecify.annotations.NullMarked;
