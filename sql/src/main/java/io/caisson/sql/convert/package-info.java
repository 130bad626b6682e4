/** Checked relational trees made into plans of standing queries. */
@NullMarked
package io.caisson.sql.convert;

import org.jspecify.annotations.NullMarked;
