/** Streams: logs of blocks of rows, spread over shards, in one order. */
@NullMarked
package io.caisson.model.stream;

import org.jspecify.annotations.NullMarked;
