/** Small programs, each complete in one file. */
@NullMarked
package io.caisson.examples;

import org.jspecify.annotations.NullMarked;
