/** CREATE statements checked and made into definitions. */
@NullMarked
package io.caisson.sql.define;

import org.jspecify.annotations.NullMarked;
