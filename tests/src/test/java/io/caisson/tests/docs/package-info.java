/** The documentation's commands and programs, run as they are written. */
@NullMarked
package io.caisson.tests.docs;

import org.jspecify.annotations.NullMarked;
