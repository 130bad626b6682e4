/** For tests of programs that use Caisson: a pipeline in memory, whose time a test says. */
@NullMarked
package io.caisson.testkit;

import org.jspecify.annotations.NullMarked;
