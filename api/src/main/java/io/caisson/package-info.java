/** What programs and protocols see of Caisson. Start at {@link io.caisson.Caisson}. */
@NullMarked
package io.caisson;

import org.jspecify.annotations.NullMarked;
