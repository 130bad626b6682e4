/** Buckets of values by key, as programs use them. */
@NullMarked
package io.caisson.engine.keyvalue;

import org.jspecify.annotations.NullMarked;
