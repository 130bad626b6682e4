/** JSON values taken apart and put together, as SQL does. */
@NullMarked
package io.caisson.function.json;

import org.jspecify.annotations.NullMarked;
