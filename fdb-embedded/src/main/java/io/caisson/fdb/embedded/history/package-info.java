/**
 * The last seconds of commits, in memory: old values for older readers, versions for conflict
 * checks. Internal.
 */
@NullMarked
package io.caisson.fdb.embedded.history;

import org.jspecify.annotations.NullMarked;
