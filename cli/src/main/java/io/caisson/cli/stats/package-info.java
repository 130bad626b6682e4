/** What the store holds, measured and estimated. */
@NullMarked
package io.caisson.cli.stats;

import org.jspecify.annotations.NullMarked;
