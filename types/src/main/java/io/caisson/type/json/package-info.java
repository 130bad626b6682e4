/** JSON values: read, and written in one canonical form. */
@NullMarked
package io.caisson.type.json;

import org.jspecify.annotations.NullMarked;
