/** What the generated parser gives back for the statements that Calcite's grammar lacks. */
@NullMarked
package io.caisson.sql.syntax;

import org.jspecify.annotations.NullMarked;
