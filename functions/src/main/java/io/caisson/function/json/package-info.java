/** JSON values as SQL's JSONB sees them: read, written in one canonical form, taken apart. */
@NullMarked
package io.caisson.function.json;

import org.jspecify.annotations.NullMarked;
