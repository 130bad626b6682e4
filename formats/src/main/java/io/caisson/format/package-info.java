/** Rows as text: CSV, PostgreSQL's text form and JSON lines, read into columns and written. */
@NullMarked
package io.caisson.format;

import org.jspecify.annotations.NullMarked;
