/** Measurements, apart from the tests: programs that print figures and never fail a build. */
@NullMarked
package io.caisson.benchmarks;

import org.jspecify.annotations.NullMarked;
