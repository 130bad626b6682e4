/** Conditions on documents and records, and the order of values whose types nobody declared. */
@NullMarked
package io.caisson.engine.filter;

import org.jspecify.annotations.NullMarked;
