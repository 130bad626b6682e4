/** Standing queries under load: Nexmark, what history costs, latency, restarts. */
@NullMarked
package io.caisson.benchmarks.nexmark;

import org.jspecify.annotations.NullMarked;
