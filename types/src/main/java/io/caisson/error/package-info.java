/** The one vocabulary of errors: a SQLSTATE, whose fault it is, whether a retry helps. */
@NullMarked
package io.caisson.error;

import org.jspecify.annotations.NullMarked;
