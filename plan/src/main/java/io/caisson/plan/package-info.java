/**
 * The relational plan of a standing query: sealed interfaces and validating records, free of any
 * SQL library.
 */
@NullMarked
package io.caisson.plan;

import org.jspecify.annotations.NullMarked;
