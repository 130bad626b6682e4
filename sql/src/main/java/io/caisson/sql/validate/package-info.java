/** Names, types and functions looked up: a syntax tree becomes a checked relational tree. */
@NullMarked
package io.caisson.sql.validate;

import org.jspecify.annotations.NullMarked;
