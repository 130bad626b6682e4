/** Tables without a schema, queried step by step. */
@NullMarked
package io.caisson.engine.record;

import org.jspecify.annotations.NullMarked;
