/** Text cut into statements and parsed; no names are looked up here. */
@NullMarked
package io.caisson.sql.parse;

import org.jspecify.annotations.NullMarked;
