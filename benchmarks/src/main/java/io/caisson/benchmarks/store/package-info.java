/** The embedded store beside the tree below it, doing the same work in the same run. */
@NullMarked
package io.caisson.benchmarks.store;

import org.jspecify.annotations.NullMarked;
