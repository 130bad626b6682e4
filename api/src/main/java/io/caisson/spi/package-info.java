/** How an engine offers itself to the API. */
@NullMarked
package io.caisson.spi;

import org.jspecify.annotations.NullMarked;
