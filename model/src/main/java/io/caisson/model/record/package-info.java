/** Tables without a schema: records of named fields, in the order of their arrival. */
@NullMarked
package io.caisson.model.record;

import org.jspecify.annotations.NullMarked;
