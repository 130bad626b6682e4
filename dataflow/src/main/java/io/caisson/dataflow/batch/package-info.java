/** Changes in columnar form, and the compiled pieces that work on them. */
@NullMarked
package io.caisson.dataflow.batch;

import org.jspecify.annotations.NullMarked;
