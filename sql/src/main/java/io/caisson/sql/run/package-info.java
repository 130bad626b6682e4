/**
 * Ad-hoc queries: planned for and run by Calcite's enumerable runtime over rows the engine gives.
 */
@NullMarked
package io.caisson.sql.run;

import org.jspecify.annotations.NullMarked;
