/** Incremental operators: changes in, changes out; and the circuits they are wired into. */
@NullMarked
package io.caisson.dataflow.operator;

import org.jspecify.annotations.NullMarked;
