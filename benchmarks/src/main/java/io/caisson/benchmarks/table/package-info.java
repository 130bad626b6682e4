/** Tables beside those of other embedded databases that do the same work. */
@NullMarked
package io.caisson.benchmarks.table;

import org.jspecify.annotations.NullMarked;
