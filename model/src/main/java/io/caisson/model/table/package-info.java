/** Tables: rows by primary key. */
@NullMarked
package io.caisson.model.table;

import org.jspecify.annotations.NullMarked;
