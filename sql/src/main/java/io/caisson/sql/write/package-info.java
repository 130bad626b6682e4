/** INSERT: rows made to fit their target. */
@NullMarked
package io.caisson.sql.write;

import org.jspecify.annotations.NullMarked;
