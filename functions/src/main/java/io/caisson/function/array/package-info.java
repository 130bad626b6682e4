/** Arrays and their elements: how they are compared, searched, cast and written as text. */
@NullMarked
package io.caisson.function.array;

import org.jspecify.annotations.NullMarked;
