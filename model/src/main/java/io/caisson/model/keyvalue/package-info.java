/** Buckets of values by key, which may end by themselves. */
@NullMarked
package io.caisson.model.keyvalue;

import org.jspecify.annotations.NullMarked;
