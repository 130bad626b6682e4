/**
 * Scalar functions: plain static methods, one family a class, each with signature, description and
 * example.
 */
@NullMarked
package io.caisson.function;

import org.jspecify.annotations.NullMarked;
