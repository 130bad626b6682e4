/** SQL: from text to statements, plans of standing queries and queries that run. */
@NullMarked
package io.caisson.sql;

import org.jspecify.annotations.NullMarked;
