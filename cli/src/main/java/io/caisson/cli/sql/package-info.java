/** The SQL prompt and scripts, and results as text. */
@NullMarked
package io.caisson.cli.sql;

import org.jspecify.annotations.NullMarked;
