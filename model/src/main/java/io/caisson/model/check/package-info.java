/** What rows must satisfy before they are stored. */
@NullMarked
package io.caisson.model.check;

import org.jspecify.annotations.NullMarked;
