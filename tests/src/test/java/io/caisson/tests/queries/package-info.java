/** Queries that are large, or long. */
@NullMarked
package io.caisson.tests.queries;

import org.jspecify.annotations.NullMarked;
