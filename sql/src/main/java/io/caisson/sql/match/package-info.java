/**
 * MATCH_RECOGNIZE between the validator and the two ways to run a query: what is computed of single
 * rows before, what is looked for, and what is computed of a match behind it.
 */
@NullMarked
package io.caisson.sql.match;

import org.jspecify.annotations.NullMarked;
