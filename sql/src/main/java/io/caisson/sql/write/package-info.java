/** Statements that change rows: planned as queries, their values made to fit the target. */
@NullMarked
package io.caisson.sql.write;

import org.jspecify.annotations.NullMarked;
