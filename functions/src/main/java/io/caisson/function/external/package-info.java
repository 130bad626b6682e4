/** Functions that are methods of classes of others: found, checked, and their values converted. */
@NullMarked
package io.caisson.function.external;

import org.jspecify.annotations.NullMarked;
