/** Streams from outside: reading by position, retention, writers, alterations. */
@NullMarked
package io.caisson.tests.streams;

import org.jspecify.annotations.NullMarked;
