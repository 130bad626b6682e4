/** SQL types and the values that Java programs see. */
@NullMarked
package io.caisson.type;

import org.jspecify.annotations.NullMarked;
