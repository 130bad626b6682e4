/** Changes of tables as streams. */
@NullMarked
package io.caisson.model.change;

import org.jspecify.annotations.NullMarked;
