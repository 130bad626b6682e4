/**
 * What a transaction has written and not yet committed, and what its atomic operations mean.
 * Internal.
 */
@NullMarked
package io.caisson.fdb.embedded.write;

import org.jspecify.annotations.NullMarked;
