/**
 * What the operators of the language do to single values: checked arithmetic, comparison, casts and
 * patterns. Everyone who evaluates expressions calls these, so that an expression means the same
 * wherever it runs.
 */
@NullMarked
package io.caisson.function.operator;

import org.jspecify.annotations.NullMarked;
