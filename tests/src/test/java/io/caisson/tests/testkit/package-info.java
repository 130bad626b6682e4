/** The driver for users' tests. */
@NullMarked
package io.caisson.tests.testkit;

import org.jspecify.annotations.NullMarked;
