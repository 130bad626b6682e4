/** What functions keep from one call to the next. */
@NullMarked
package io.caisson.function.recent;

import org.jspecify.annotations.NullMarked;
